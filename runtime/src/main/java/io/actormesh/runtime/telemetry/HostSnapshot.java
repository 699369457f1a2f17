package io.actormesh.runtime.telemetry;

import java.util.Map;

/**
 * The figures of one hosted instance at one time.
 *
 * @param load what it is busy with
 * @param waited how long started calls had waited in the queue
 * @param waitedNanos the sum of those times
 * @param served how long ended calls had run
 * @param servedNanos the sum of those times
 * @param recent rates and service time of the last seconds; failures are the service's own errors
 * @param errors calls answered with the service's own error
 * @param restarts how often the instance was replaced after it failed or stopped
 * @param refusals calls that ended without an answer, by reason
 * @param drops replies and accepted one-way calls that were dropped, by reason
 * @param streams the streams that it was sent and that it replied
 */
public record HostSnapshot(
    InstanceLoad load,
    LatencyDistribution waited,
    long waitedNanos,
    LatencyDistribution served,
    long servedNanos,
    RecentFigures recent,
    long errors,
    long restarts,
    Map<String, Long> refusals,
    Map<String, Long> drops,
    StreamFigures streams) {

  public HostSnapshot {
    refusals = Map.copyOf(refusals);
    drops = Map.copyOf(drops);
  }

  /** Calls started since the instance was first hosted. */
  public long started() {
    return waited.count();
  }
}
