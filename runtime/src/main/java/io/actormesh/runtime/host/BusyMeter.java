package io.actormesh.runtime.host;

/**
 * The share of time an instance was busy, over windows of at least 100 ms. Fed by the instance's
 * thread alone, read by any.
 */
final class BusyMeter {

  private static final long WINDOW_NANOS = 100_000_000;

  private long windowStart;
  private long busy;
  private volatile int permille;

  BusyMeter(long nowNanos) {
    windowStart = nowNanos;
  }

  /** Counts one run of the instance. */
  void ran(long startNanos, long endNanos) {
    busy += Math.max(0, endNanos - startNanos);
    long window = endNanos - windowStart;
    if (window >= WINDOW_NANOS) {
      permille = (int) Math.min(1000, 1000 * busy / window);
      windowStart = endNanos;
      busy = 0;
    }
  }

  int permille() {
    return permille;
  }
}
