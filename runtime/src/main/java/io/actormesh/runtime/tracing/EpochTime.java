package io.actormesh.runtime.tracing;

import io.opentelemetry.sdk.common.Clock;

/** The time of day, as spans count it. */
final class EpochTime {

  private EpochTime() {}

  static long nanosAgo(long nanos) {
    return Clock.getDefault().now() - nanos;
  }
}
