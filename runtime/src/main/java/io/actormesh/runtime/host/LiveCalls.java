package io.actormesh.runtime.host;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All calls of one instance that have not ended, waiting or started, in no order: what the sweep
 * looks through for passed deadlines, and what is settled when the instance fails. Any thread adds,
 * removes and looks through. Twice the expected size, so that a free place is found at the first or
 * second try; of large sizes a part is made at first, and more is chained when it fills up.
 */
final class LiveCalls<C> {

  private static final int MAX_FIRST = 4096;
  private static final int PROBES = 32;

  private final Table<C> first;
  private final AtomicInteger turn = new AtomicInteger();

  LiveCalls(int expected) {
    first = new Table<>(Math.min(MAX_FIRST, 2 * expected));
  }

  void add(HostedCall<C> call) {
    int start = turn.getAndIncrement();
    Table<C> table = first;
    while (!table.tryAdd(call, start)) {
      table = table.overflow();
    }
  }

  void remove(HostedCall<C> call) {
    call.table().free(call.place());
  }

  void forEach(Consumer<HostedCall<C>> action) {
    for (Table<C> table = first; table != null; table = table.next.get()) {
      table.forEach(action);
    }
  }

  boolean isEmpty() {
    for (Table<C> table = first; table != null; table = table.next.get()) {
      if (!table.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Places for calls. */
  static final class Table<C> {
    private final AtomicReferenceArray<@Nullable HostedCall<C>> places;
    private final int mask;
    private final AtomicReference<@Nullable Table<C>> next = new AtomicReference<>();

    Table(int atLeast) {
      int size = Integer.highestOneBit(Math.max(PROBES, Math.min(atLeast, 1 << 24)) * 2 - 1);
      places = new AtomicReferenceArray<>(size);
      mask = size - 1;
    }

    boolean tryAdd(HostedCall<C> call, int start) {
      for (int i = 0; i < PROBES; i++) {
        int place = (start + i) & mask;
        if (places.getPlain(place) == null) {
          call.placed(this, place);
          if (places.compareAndSet(place, null, call)) {
            return true;
          }
        }
      }
      return false;
    }

    void free(int place) {
      places.setRelease(place, null);
    }

    void forEach(Consumer<HostedCall<C>> action) {
      for (int place = 0; place <= mask; place++) {
        HostedCall<C> call = places.get(place);
        if (call != null) {
          action.accept(call);
        }
      }
    }

    boolean isEmpty() {
      for (int place = 0; place <= mask; place++) {
        if (places.get(place) != null) {
          return false;
        }
      }
      return true;
    }

    Table<C> overflow() {
      Table<C> present = next.get();
      if (present != null) {
        return present;
      }
      Table<C> made = new Table<>(2 * (mask + 1));
      return next.compareAndSet(null, made) ? made : overflow();
    }
  }
}
