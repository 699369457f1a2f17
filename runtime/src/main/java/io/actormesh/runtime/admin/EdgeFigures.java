package io.actormesh.runtime.admin;

import io.actormesh.runtime.telemetry.EdgeSnapshot;
import io.actormesh.runtime.telemetry.LatencyDistribution;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one edge, as one node tells them to another.
 *
 * @param caller the calling service or node
 * @param service the service called
 * @param operation the operation called
 * @param endpoint {@code node/instance}
 * @param calls calls ended
 * @param failures the failed ones, by code
 * @param inFlight calls begun and not ended
 * @param callsPerSecond over the last 10 s
 * @param failuresPerSecond over the last 10 s
 * @param requestBytes bytes of encoded requests
 * @param replyBytes bytes of encoded replies
 * @param recent latencies of the last seconds, as {@link LatencyDistribution#sparse} writes them
 */
public record EdgeFigures(
    String caller,
    String service,
    String operation,
    String endpoint,
    long calls,
    Map<String, Long> failures,
    long inFlight,
    double callsPerSecond,
    double failuresPerSecond,
    long requestBytes,
    long replyBytes,
    List<Long> recent) {

  public EdgeFigures {
    failures = Map.copyOf(failures);
    recent = List.copyOf(recent);
  }

  static EdgeFigures of(EdgeSnapshot edge) {
    Map<String, Long> failures = new TreeMap<>();
    edge.failures().forEach((code, count) -> failures.put(code.code(), count));
    return new EdgeFigures(
        edge.id().caller(),
        edge.id().service(),
        edge.id().operation(),
        edge.id().endpoint(),
        edge.calls(),
        failures,
        edge.inFlight(),
        edge.recent().callsPerSecond(),
        edge.recent().failuresPerSecond(),
        edge.requestBytes(),
        edge.replyBytes(),
        edge.recent().latency().sparse());
  }
}
