package io.actormesh.runtime.link;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one connection has out, by correlation id. An id is a sequence number that only
 * grows (the upper 44 bits, so that ids compare by age) and the slot where the call lies (the lower
 * 20). Nothing is boxed, hashed or allocated per call. Owned by the connection's loop.
 */
final class OutboundTable {

  static final int SLOT_BITS = 20;
  static final int MAX_CALLS = 1 << SLOT_BITS;

  private static final int SLOT_MASK = MAX_CALLS - 1;

  private @Nullable OutboundCall[] calls = new @Nullable OutboundCall[64];
  private int[] free = new int[64];
  private int freeCount;
  private int used;
  private long sequence;

  int size() {
    return used - freeCount;
  }

  /** Gives a call its id. The caller has made sure that fewer than {@link #MAX_CALLS} are out. */
  void add(OutboundCall call) {
    int slot = freeCount > 0 ? free[--freeCount] : fresh();
    calls[slot] = call;
    call.linkId = ++sequence << SLOT_BITS | slot;
  }

  /** The call with an id, or null if it has ended. */
  @Nullable OutboundCall get(long id) {
    int slot = slotOf(id);
    OutboundCall call = slot < used ? calls[slot] : null;
    return call != null && call.linkId == id ? call : null;
  }

  /** Whether an id has been given to a call, open or not. */
  boolean issued(long id) {
    long number = id >>> SLOT_BITS;
    return id > 0 && number > 0 && number <= sequence && slotOf(id) < used;
  }

  void remove(OutboundCall call) {
    int slot = slotOf(call.linkId);
    if (calls[slot] != call) {
      return;
    }
    calls[slot] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, free.length * 2);
    }
    free[freeCount++] = slot;
  }

  /** Shows every call that is out; the visitor may remove the call it is shown. */
  void forEach(Consumer<OutboundCall> visitor) {
    for (int slot = 0; slot < used; slot++) {
      OutboundCall call = calls[slot];
      if (call != null) {
        visitor.accept(call);
      }
    }
  }

  static int slotOf(long id) {
    return (int) id & SLOT_MASK;
  }

  private int fresh() {
    if (used == MAX_CALLS) {
      throw new IllegalStateException("more than " + MAX_CALLS + " calls on one connection");
    }
    if (used == calls.length) {
      calls = Arrays.copyOf(calls, used * 2);
    }
    return used++;
  }
}
