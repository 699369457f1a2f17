package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.failure.FailureCode;
import java.util.Collections;
import java.util.Map;

/**
 * The figures of one edge at one time.
 *
 * @param id what they are about
 * @param begun calls begun since the edge exists
 * @param latency how long the calls that have ended took, whatever became of them
 * @param latencyNanos the sum of those latencies
 * @param failures the calls that failed, by code
 * @param requestBytes bytes of encoded requests
 * @param replyBytes bytes of encoded replies
 * @param streams the streams that came with them
 * @param recent the same for the last seconds
 */
public record EdgeSnapshot(
    EdgeId id,
    long begun,
    LatencyDistribution latency,
    long latencyNanos,
    Map<FailureCode, Long> failures,
    long requestBytes,
    long replyBytes,
    StreamFigures streams,
    RecentFigures recent) {

  public EdgeSnapshot {
    failures = Collections.unmodifiableMap(failures);
  }

  /** Calls that have ended, well or not. */
  public long calls() {
    return latency.count();
  }

  /** Calls that have ended with a failure. */
  public long failed() {
    long failed = 0;
    for (long count : failures.values()) {
      failed += count;
    }
    return failed;
  }

  /** Calls that have begun and not ended. */
  public long inFlight() {
    return Math.max(0, begun - calls());
  }
}
