package io.actormesh.runtime.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts latencies into a histogram, from any number of threads, without a lock or an allocation.
 */
final class LatencyRecorder {

  private static final int NANOS = 0;
  private static final int FIRST_BUCKET = 1;

  private final StripedLongs counts = new StripedLongs(FIRST_BUCKET + LatencyBuckets.COUNT);

  void record(long nanos) {
    AtomicLongArray stripe = counts.stripe();
    stripe.getAndAdd(NANOS, Math.max(0, nanos));
    stripe.getAndIncrement(FIRST_BUCKET + LatencyBuckets.of(nanos));
  }

  LatencyDistribution distribution() {
    return LatencyDistribution.of(counts.sumsFrom(FIRST_BUCKET));
  }

  long sumNanos() {
    return counts.sum(NANOS);
  }
}
