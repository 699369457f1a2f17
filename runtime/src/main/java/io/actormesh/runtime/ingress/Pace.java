package io.actormesh.runtime.ingress;

import java.time.Duration;

/** When something was last written to a client, and what follows from it. One thread at a time. */
final class Pace {

  private final long quietNanos;
  private final long stalledNanos;
  private long writtenNanos;

  Pace(StreamSettings settings, Duration quiet) {
    this.quietNanos = quiet.toNanos();
    this.stalledNanos = settings.writeTimeout().toNanos();
  }

  void wrote(long nowNanos) {
    writtenNanos = nowNanos;
  }

  /** Whether it is time for a sign of life. */
  boolean isQuiet(long nowNanos) {
    return nowNanos - writtenNanos >= quietNanos;
  }

  /** Whether a client that has not taken what was last written has had its time. */
  boolean isStalled(long nowNanos) {
    return nowNanos - writtenNanos >= stalledNanos;
  }

  /** When to look again. */
  Duration next(long nowNanos) {
    long since = nowNanos - writtenNanos;
    long quiet = quietNanos - since;
    long stalled = stalledNanos - since;
    long next = Math.min(quiet > 0 ? quiet : quietNanos, stalled > 0 ? stalled : stalledNanos);
    return Duration.ofNanos(Math.max(next, 1_000_000));
  }
}
