package io.actormesh.runtime.admin;

import io.actormesh.runtime.telemetry.LatencyDistribution;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a hosted instance as the admin API shows them.
 *
 * @param serviceTimeP50Micros median service time of the last seconds; null if no call ended then
 * @param serviceTimeP99Micros 99th percentile of the same
 */
record HostedFigures(
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
    @Nullable Double serviceTimeP50Micros,
    @Nullable Double serviceTimeP99Micros) {

  static HostedFigures of(InstanceFigures figures) {
    LatencyDistribution recent = Latencies.joined(List.of(figures.recent()));
    return new HostedFigures(
        figures.queued(),
        figures.queueAgeMicros(),
        figures.inProgress(),
        figures.started(),
        figures.ended(),
        figures.errors(),
        figures.restarts(),
        figures.refusals(),
        figures.drops(),
        figures.streamsOpen(),
        figures.streams(),
        figures.streamElements(),
        figures.endedPerSecond(),
        Latencies.percentile(recent, 0.5),
        Latencies.percentile(recent, 0.99));
  }
}
