package io.actormesh.runtime.admin;

import io.actormesh.runtime.telemetry.LatencyDistribution;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Figures of calls as the admin API shows them: those of several edges, of any nodes, added up.
 *
 * @param p50Micros median latency of the last seconds; null if no call ended then
 * @param p99Micros 99th percentile of the same
 */
record CallFigures(
    long calls,
    long failed,
    Map<String, Long> failures,
    long inFlight,
    double callsPerSecond,
    double failuresPerSecond,
    @Nullable Double p50Micros,
    @Nullable Double p99Micros,
    long requestBytes,
    long replyBytes) {

  static CallFigures of(List<EdgeFigures> edges) {
    Map<String, Long> failures = new TreeMap<>();
    edges.forEach(edge -> edge.failures().forEach((code, n) -> failures.merge(code, n, Long::sum)));
    LatencyDistribution recent = Latencies.joined(edges.stream().map(EdgeFigures::recent).toList());
    return new CallFigures(
        sum(edges, EdgeFigures::calls),
        failures.values().stream().mapToLong(Long::longValue).sum(),
        failures,
        sum(edges, EdgeFigures::inFlight),
        total(edges, EdgeFigures::callsPerSecond),
        total(edges, EdgeFigures::failuresPerSecond),
        Latencies.percentile(recent, 0.5),
        Latencies.percentile(recent, 0.99),
        sum(edges, EdgeFigures::requestBytes),
        sum(edges, EdgeFigures::replyBytes));
  }

  private static long sum(List<EdgeFigures> edges, ToLongFunction<EdgeFigures> figure) {
    return edges.stream().mapToLong(figure).sum();
  }

  private static double total(List<EdgeFigures> edges, ToDoubleFunction<EdgeFigures> figure) {
    return edges.stream().mapToDouble(figure).sum();
  }
}
