package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.telemetry.MetricFamily.Counter;
import io.actormesh.runtime.telemetry.MetricFamily.Gauge;
import io.actormesh.runtime.telemetry.MetricFamily.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** The metrics of calls, as their caller's node sees them. */
final class EdgeFamilies {

  private final Counter calls = new Counter("mesh_calls", "Calls that have ended, by outcome.");
  private final Histogram durations =
      new Histogram(
          "mesh_call_duration_seconds",
          "How long calls took at an endpoint, whatever the outcome.");
  private final Gauge inFlight =
      new Gauge("mesh_calls_in_flight", "Calls that have begun and not ended.");
  private final Counter requestBytes =
      new Counter("mesh_call_request_bytes", "Bytes of encoded requests.");
  private final Counter replyBytes =
      new Counter("mesh_call_reply_bytes", "Bytes of encoded replies.");

  private final Gauge streamsOpen =
      new Gauge("mesh_call_streams_open", "Streams of replies and arguments that are open.");
  private final Counter streams =
      new Counter("mesh_call_streams", "Streams that have ended, by outcome.");
  private final Counter elements =
      new Counter("mesh_call_stream_elements", "Elements of streams read and sent.");

  private EdgeFamilies() {}

  static List<MetricFamily> of(List<EdgeSnapshot> edges, long foldedLookups) {
    EdgeFamilies families = new EdgeFamilies();
    edges.forEach(families::add);
    Gauge tracked = new Gauge("mesh_edges", "Edges that figures are kept for.");
    tracked.add(Labels.EMPTY, edges.size());
    Counter folded =
        new Counter(
            "mesh_edges_folded", "Requests for an edge that was beyond the limit of edges.");
    folded.add(Labels.EMPTY, foldedLookups);
    return List.of(
        families.calls,
        families.durations,
        families.inFlight,
        families.requestBytes,
        families.replyBytes,
        families.streamsOpen,
        families.streams,
        families.elements,
        tracked,
        folded);
  }

  private void add(EdgeSnapshot edge) {
    EdgeId id = edge.id();
    Labels labels =
        Labels.of(
            "caller", id.caller(),
            "service", id.service(),
            "operation", id.operation(),
            "endpoint", id.endpoint());
    calls.add(labels.add("outcome", "OK"), edge.calls() - edge.failed());
    edge.failures().forEach((code, count) -> calls.add(labels.add("outcome", code.code()), count));
    durations.add(labels, edge.latency(), edge.latencyNanos());
    inFlight.add(labels, edge.inFlight());
    requestBytes.add(labels, edge.requestBytes());
    replyBytes.add(labels, edge.replyBytes());
    if (edge.streams().opened() > 0) {
      addStreams(labels, edge.streams());
    }
  }

  private void addStreams(Labels labels, StreamFigures figures) {
    streamsOpen.add(labels, figures.open());
    figures.ended().forEach((outcome, count) -> streams.add(labels.add("outcome", outcome), count));
    elements.add(labels, figures.elements());
  }
}
