package io.actormesh.runtime.admin;

import io.actormesh.runtime.telemetry.HostSnapshot;
import io.actormesh.runtime.telemetry.LatencyDistribution;
import java.util.List;
import java.util.Map;

/**
 * The figures of one hosted instance, as its node tells them to another.
 *
 * @param service the service
 * @param instance the instance's number on its node
 * @param queued calls waiting
 * @param queueAgeMicros how long the oldest of them has waited
 * @param inProgress calls started and not answered
 * @param started calls started
 * @param ended started calls that have been answered or have failed
 * @param errors calls answered with the service's own error
 * @param restarts replacements after a failure
 * @param refusals calls ended without an answer, by reason
 * @param drops replies and one-way calls dropped, by reason
 * @param streamsOpen streams replied or received that are open
 * @param streams streams replied or received since the instance was first hosted
 * @param streamElements elements of those streams
 * @param endedPerSecond over the last 10 s
 * @param recent service times of the last seconds, as {@link LatencyDistribution#sparse} writes
 *     them
 */
public record InstanceFigures(
    String service,
    int instance,
    long queued,
    long queueAgeMicros,
    long inProgress,
    long started,
    long ended,
    long errors,
    long restarts,
    Map<String, Long> refusals,
    Map<String, Long> drops,
    long streamsOpen,
    long streams,
    long streamElements,
    double endedPerSecond,
    List<Long> recent) {

  public InstanceFigures {
    refusals = Map.copyOf(refusals);
    drops = Map.copyOf(drops);
    recent = List.copyOf(recent);
  }

  static InstanceFigures of(HostSnapshot host) {
    return new InstanceFigures(
        host.load().service(),
        host.load().instance(),
        host.load().queued(),
        host.load().queueAgeNanos() / 1000,
        host.load().inProgress(),
        host.started(),
        host.served().count(),
        host.errors(),
        host.restarts(),
        host.refusals(),
        host.drops(),
        host.streams().open(),
        host.streams().opened(),
        host.streams().elements(),
        host.recent().callsPerSecond(),
        host.recent().latency().sparse());
  }
}
