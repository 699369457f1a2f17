package io.actormesh.runtime.host;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls wait and how many bytes they hold, moved together by one atomic step. Calls are
 * counted in the upper 24 bits, bytes in the lower 40.
 */
final class QueueGauge {

  private static final int BYTES_BITS = 40;
  private static final long ONE_CALL = 1L << BYTES_BITS;
  private static final long BYTES_MASK = ONE_CALL - 1;

  /** Whether there was room. */
  enum Room {
    FREE,
    NO_CALLS,
    NO_BYTES
  }

  private final AtomicLong state = new AtomicLong();

  /** Takes room for one call unless either bound would be exceeded. */
  Room tryAdd(int bytes, int maxCalls, long maxBytes) {
    while (true) {
      long before = state.get();
      if (calls(before) >= maxCalls) {
        return Room.NO_CALLS;
      }
      // An empty queue takes any call, or one larger than the budget could never be served.
      if (calls(before) > 0 && (before & BYTES_MASK) + bytes > maxBytes) {
        return Room.NO_BYTES;
      }
      if (state.compareAndSet(before, before + ONE_CALL + bytes)) {
        return Room.FREE;
      }
    }
  }

  void remove(int bytes) {
    state.addAndGet(-ONE_CALL - bytes);
  }

  int calls() {
    return calls(state.get());
  }

  long bytes() {
    return state.get() & BYTES_MASK;
  }

  private static int calls(long state) {
    return (int) (state >>> BYTES_BITS);
  }
}
