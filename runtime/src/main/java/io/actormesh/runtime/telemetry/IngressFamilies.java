package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.telemetry.MetricFamily.Counter;
import io.actormesh.runtime.telemetry.MetricFamily.Gauge;
import io.actormesh.runtime.telemetry.MetricFamily.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;

/** The metrics of the HTTP front door. */
final class IngressFamilies {

  private final Counter requests =
      new Counter("mesh_ingress_requests", "Requests answered, by route and HTTP status.");
  private final Gauge inFlight =
      new Gauge("mesh_ingress_requests_in_flight", "Requests not answered yet.");
  private final Histogram durations =
      new Histogram("mesh_ingress_request_duration_seconds", "From a request to its answer.");

  private final Counter rejections =
      new Counter(
          "mesh_ingress_rejections", "Requests refused because of who sent them, by reason.");
  private final Counter cuts =
      new Counter(
          "mesh_ingress_connections_cut",
          "Connections ended because of what their client sent, by reason.");
  private final Gauge streamsOpen =
      new Gauge("mesh_ingress_streams_open", "Streams that are not over yet.");
  private final Counter streamsEnded =
      new Counter("mesh_ingress_streams", "Streams that are over, by how they ended.");
  private final Counter elements =
      new Counter("mesh_ingress_stream_elements", "Elements of streams, by direction.");

  private IngressFamilies() {}

  static List<MetricFamily> of(
      List<IngressSnapshot> routes, Map<String, Long> rejections, Map<String, Long> cuts) {
    IngressFamilies families = new IngressFamilies();
    routes.forEach(families::add);
    rejections.forEach(
        (reason, count) -> families.rejections.add(Labels.of("reason", reason), count));
    cuts.forEach((reason, count) -> families.cuts.add(Labels.of("reason", reason), count));
    return List.of(
        families.requests,
        families.inFlight,
        families.durations,
        families.streamsOpen,
        families.streamsEnded,
        families.elements,
        families.rejections,
        families.cuts);
  }

  static List<MetricFamily> of(CertificateFigures certificate) {
    Gauge expiry =
        new Gauge(
            "mesh_ingress_certificate_expiry_seconds",
            "When the front door's certificate expires, in Unix time.");
    expiry.add(Labels.EMPTY, certificate.expiry().getEpochSecond());
    Gauge stale =
        new Gauge(
            "mesh_ingress_certificate_stale",
            "1 if the certificate's files have changed to something that cannot be used.");
    stale.add(Labels.EMPTY, certificate.stale() ? 1 : 0);
    Counter reloads =
        new Counter(
            "mesh_ingress_certificate_reloads", "Certificates loaded since the front door opened.");
    reloads.add(Labels.EMPTY, certificate.reloads());
    return List.of(expiry, stale, reloads);
  }

  private void add(IngressSnapshot route) {
    Labels labels = Labels.of("route", route.route());
    route
        .statuses()
        .forEach(
            (status, count) -> requests.add(labels.add("status", Integer.toString(status)), count));
    inFlight.add(labels, route.inFlight());
    durations.add(labels, route.latency(), route.latencyNanos());
    if (route.streams().begun() > 0) {
      addStreams(labels, route.streams());
    }
  }

  private void addStreams(Labels labels, DoorStreamSnapshot streams) {
    streamsOpen.add(labels, streams.open());
    streams
        .ends()
        .forEach((how, count) -> streamsEnded.add(labels.add("outcome", how.label()), count));
    elements.add(labels.add("direction", "out"), streams.sent());
    elements.add(labels.add("direction", "in"), streams.received());
  }
}
