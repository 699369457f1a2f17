package io.actormesh.runtime.link;

/**
 * Judges how long a connection has been silent. Time during which the observer's own loop stood
 * still does not count: what the peer sent then lies unread in the socket. Owned by the loop.
 */
final class Silence {

  enum Verdict {
    FINE,
    /** Nothing heard, or nothing said, for a ping interval: ask for a sign of life. */
    PING,
    /** Nothing heard for so long that no new calls should be given. */
    SILENT,
    /** Nothing heard for so long that calls in flight are given up. */
    DEAD
  }

  private final long pingNanos;
  private final long silentNanos;
  private final long deadNanos;
  private boolean heard;
  private long heardNanos;
  private long lostWhenHeard;
  private long pingedNanos;

  Silence(LinkTimes times, long nowNanos, long lostNanos) {
    pingNanos = times.pingInterval().toNanos();
    silentNanos = times.silentAfter().toNanos();
    deadNanos = times.deadAfter().toNanos();
    heardNanos = nowNanos;
    lostWhenHeard = lostNanos;
    pingedNanos = nowNanos;
  }

  /** Bytes have arrived. Costs a write: the clock is read by {@link #judge} alone. */
  void heard() {
    heard = true;
  }

  /**
   * Judges the connection.
   *
   * @param lostNanos for how long in all the loop has stood still so far
   * @param said whether anything was sent since the last judgement
   */
  Verdict judge(long nowNanos, long lostNanos, boolean said) {
    if (heard) {
      heard = false;
      heardNanos = nowNanos;
      lostWhenHeard = lostNanos;
    }
    long silent = nowNanos - heardNanos - (lostNanos - lostWhenHeard);
    if (silent >= deadNanos) {
      return Verdict.DEAD;
    }
    if (silent >= silentNanos) {
      return Verdict.SILENT;
    }
    boolean quiet = silent >= pingNanos || !said;
    if (quiet && nowNanos - pingedNanos >= pingNanos) {
      pingedNanos = nowNanos;
      return Verdict.PING;
    }
    return Verdict.FINE;
  }
}
