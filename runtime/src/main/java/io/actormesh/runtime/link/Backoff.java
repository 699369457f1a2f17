package io.actormesh.runtime.link;

import java.util.random.RandomGenerator;

/**
 * How long to wait before a failed dial is repeated: uniform between zero and a bound that doubles
 * with each failure.
 *
 * <p>Marc Brooker, "Exponential Backoff and Jitter", 2015: full jitter.
 */
final class Backoff {

  private final long firstNanos;
  private final long mostNanos;
  private final RandomGenerator random;
  private int failures;

  Backoff(LinkTimes times, RandomGenerator random) {
    this.firstNanos = times.backoff().toNanos();
    this.mostNanos = times.maxBackoff().toNanos();
    this.random = random;
  }

  void reset() {
    failures = 0;
  }

  long nextNanos() {
    long bound = Math.min(mostNanos, firstNanos << Math.min(failures, 30));
    failures++;
    synchronized (random) {
      return random.nextLong(Math.max(1, bound < 0 ? mostNanos : bound));
    }
  }
}
