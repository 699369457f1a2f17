package io.actormesh.runtime.host;

import io.actormesh.runtime.policy.ServicePolicy.Restart;
import java.time.Duration;

/**
 * How long to wait before a failed instance is replaced: doubling with each failure in a row, reset
 * once it has lived for the longest back-off.
 *
 * @param failures failures in a row so far
 */
record RestartBackoff(int failures) {

  static final RestartBackoff NONE = new RestartBackoff(0);

  /** After a failure of an instance that had lived this long. */
  RestartBackoff afterFailure(long livedNanos, Restart policy) {
    boolean settled = livedNanos >= policy.maxBackoff().toNanos();
    return new RestartBackoff(settled ? 1 : failures + 1);
  }

  /** The time to wait now. */
  Duration delay(Restart policy) {
    int doublings = Math.min(Math.max(failures - 1, 0), 30);
    long nanos = policy.minBackoff().toNanos();
    long max = policy.maxBackoff().toNanos();
    boolean overflows = nanos > (max >> doublings);
    return Duration.ofNanos(overflows ? max : nanos << doublings);
  }
}
