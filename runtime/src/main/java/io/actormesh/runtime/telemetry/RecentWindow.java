package io.actormesh.runtime.telemetry;

/**
 * Makes figures of the last seconds out of sums that only grow, by remembering earlier readings:
 * one a second for rates, one each 10 s for latencies. Read about once a second it covers 10 s and
 * 10 to 20 s; read more rarely it covers more, never less. The lock is between readers; whoever
 * counts calls does not come here.
 */
final class RecentWindow {

  private static final long SECOND = 1_000_000_000L;
  private static final long SPAN = 10 * SECOND;
  private static final int READINGS = 11;

  private final long[] at = new long[READINGS];
  private final long[] calls = new long[READINGS];
  private final long[] failures = new long[READINGS];
  private int newest;
  private int filled = 1;

  private LatencyDistribution older = LatencyDistribution.EMPTY;
  private LatencyDistribution newer = LatencyDistribution.EMPTY;
  private long newerAt;

  RecentWindow(long nowNanos) {
    at[0] = nowNanos;
    newerAt = nowNanos;
  }

  /** Takes in the sums of now and answers how they grew. */
  synchronized RecentFigures roll(long nowNanos, long failed, LatencyDistribution latency) {
    long ended = latency.count();
    if (nowNanos - newerAt >= SPAN) {
      older = newer;
      newer = latency.count() == newer.count() ? newer : latency;
      newerAt = nowNanos;
    }
    if (nowNanos - at[newest] >= SECOND) {
      remember(nowNanos, ended, failed);
    }
    int base = base(nowNanos);
    double seconds = (double) Math.max(SECOND, nowNanos - at[base]) / SECOND;
    return new RecentFigures(
        Math.max(0, ended - calls[base]) / seconds,
        Math.max(0, failed - failures[base]) / seconds,
        latency.since(older));
  }

  private void remember(long nowNanos, long ended, long failed) {
    newest = (newest + 1) % READINGS;
    at[newest] = nowNanos;
    calls[newest] = ended;
    failures[newest] = failed;
    filled = Math.min(READINGS, filled + 1);
  }

  /** The youngest reading that is at least 10 s old, or the oldest there is. */
  private int base(long nowNanos) {
    int candidate = newest;
    for (int age = 0; age < filled; age++) {
      candidate = Math.floorMod(newest - age, READINGS);
      if (nowNanos - at[candidate] >= SPAN) {
        return candidate;
      }
    }
    return candidate;
  }
}
