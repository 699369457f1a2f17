package io.actormesh.runtime.admin;

import io.actormesh.runtime.telemetry.LatencyDistribution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads latencies that other nodes have sent. */
final class Latencies {

  private Latencies() {}

  static LatencyDistribution joined(List<List<Long>> sparse) {
    return sparse.stream()
        .map(Latencies::read)
        .reduce(LatencyDistribution.EMPTY, LatencyDistribution::plus);
  }

  static @Nullable Double percentile(LatencyDistribution distribution, double share) {
    return distribution.count() == 0 ? null : distribution.percentileMicros(share);
  }

  // A release with other buckets may be among the peers during an upgrade: without it, the
  // percentiles are those of the others, which is better than no answer.
  private static LatencyDistribution read(List<Long> sparse) {
    try {
      return LatencyDistribution.ofSparse(sparse);
    } catch (IllegalArgumentException otherBuckets) {
      return LatencyDistribution.EMPTY;
    }
  }
}
