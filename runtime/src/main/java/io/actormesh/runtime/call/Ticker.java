package io.actormesh.runtime.call;

import io.actormesh.runtime.SuppressForbidden;

/**
 * Monotonic time in nanoseconds. Every part of the runtime that counts time is handed one, so that
 * a test can stop and move it. Values are comparable only with values of the same ticker: subtract,
 * then compare, because they may wrap.
 */
@FunctionalInterface
public interface Ticker {

  /** The current reading, in nanoseconds since an arbitrary origin. */
  long nowNanos();

  /** The machine's monotonic clock. */
  @SuppressForbidden("the one place where time enters the runtime")
  static Ticker system() {
    return System::nanoTime;
  }
}
