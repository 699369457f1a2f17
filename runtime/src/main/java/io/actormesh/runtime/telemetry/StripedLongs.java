package io.actormesh.runtime.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A row of sums that many threads add to at once. Each thread adds to the stripe that its id
 * selects, so that event loops do not fight over cache lines; a stripe is made when it is first
 * added to.
 *
 * <p>Reads add up the stripes. They are no snapshot, but each stripe only grows: what a thread
 * added before it added to another slot is seen by whoever reads the other slot first.
 */
final class StripedLongs {

  private static final int STRIPES = stripesFor(Runtime.getRuntime().availableProcessors());

  private final int slots;
  private final AtomicReferenceArray<@Nullable AtomicLongArray> stripes =
      new AtomicReferenceArray<>(STRIPES);

  StripedLongs(int slots) {
    this.slots = slots;
  }

  /** The current thread's stripe; adding to any slot of it counts. */
  AtomicLongArray stripe() {
    int index = (int) Thread.currentThread().getId() & (STRIPES - 1);
    AtomicLongArray stripe = stripes.get(index);
    return stripe == null ? made(index) : stripe;
  }

  long sum(int slot) {
    long sum = 0;
    for (int i = 0; i < STRIPES; i++) {
      AtomicLongArray stripe = stripes.get(i);
      sum += stripe == null ? 0 : stripe.get(slot);
    }
    return sum;
  }

  /** The sums of the slots from the given one to the last. */
  long[] sumsFrom(int first) {
    long[] sums = new long[slots - first];
    for (int i = 0; i < STRIPES; i++) {
      AtomicLongArray stripe = stripes.get(i);
      if (stripe != null) {
        addTo(sums, stripe, first);
      }
    }
    return sums;
  }

  private static void addTo(long[] sums, AtomicLongArray stripe, int first) {
    for (int slot = 0; slot < sums.length; slot++) {
      sums[slot] += stripe.get(first + slot);
    }
  }

  private AtomicLongArray made(int index) {
    AtomicLongArray mine = new AtomicLongArray(slots);
    AtomicLongArray other = stripes.compareAndExchange(index, null, mine);
    return other == null ? mine : other;
  }

  // Twice the cores would part almost all threads, but memory is paid per edge: eight at most.
  private static int stripesFor(int processors) {
    return Math.min(8, Integer.highestOneBit(Math.max(1, 2 * processors - 1)));
  }
}
