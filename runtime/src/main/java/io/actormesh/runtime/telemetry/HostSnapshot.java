package io.actormesh.runtime.telemetry;

import java.util.Map;

/**
 * The figures of one hosted instance at one time.
 *
 * @param service the service
 * @param instance the instance's number on this node
 * @param queued calls waiting
 * @param queueAgeNanos how long the oldest of them has waited, 0 if none waits
 * @param started calls started since the instance was first hosted
 * @param inProgress calls started and not ended
 * @param waited how long started calls had waited in the queue
 * @param waitedNanos the sum of those times
 * @param served how long ended calls had run
 * @param servedNanos the sum of those times
 * @param recent rate and service time of the last seconds; failures are counted by the callers
 * @param restarts how often the instance was replaced after a failure
 * @param refusals calls refused, by reason
 * @param secondReplies replies dropped because their call had ended
 */
public record HostSnapshot(
    String service,
    int instance,
    long queued,
    long queueAgeNanos,
    long started,
    long inProgress,
    LatencyDistribution waited,
    long waitedNanos,
    LatencyDistribution served,
    long servedNanos,
    RecentFigures recent,
    long restarts,
    Map<String, Long> refusals,
    long secondReplies) {

  public HostSnapshot {
    refusals = Map.copyOf(refusals);
  }
}
