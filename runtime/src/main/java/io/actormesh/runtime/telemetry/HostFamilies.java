package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.telemetry.MetricFamily.Counter;
import io.actormesh.runtime.telemetry.MetricFamily.Gauge;
import io.actormesh.runtime.telemetry.MetricFamily.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;

/** The metrics of the instances hosted here. */
final class HostFamilies {

  private final Gauge queued = new Gauge("mesh_instance_queued", "Calls waiting for the instance.");
  private final Gauge queueAge =
      new Gauge("mesh_instance_queue_age_seconds", "How long the oldest waiting call has waited.");
  private final Gauge inProgress =
      new Gauge("mesh_instance_in_progress", "Calls started and not answered.");
  private final Counter started = new Counter("mesh_instance_started", "Calls started.");
  private final Histogram waited =
      new Histogram("mesh_instance_queue_wait_seconds", "How long started calls had waited.");
  private final Histogram served =
      new Histogram("mesh_instance_service_time_seconds", "From a call's start to its end.");
  private final Counter errors =
      new Counter("mesh_instance_errors", "Calls answered with the service's own error.");
  private final Counter restarts =
      new Counter("mesh_instance_restarts", "Replacements of the instance after a failure.");
  private final Counter refused =
      new Counter("mesh_instance_refused", "Calls ended without an answer, by reason.");
  private final Counter dropped =
      new Counter("mesh_instance_dropped", "Replies and one-way calls dropped, by reason.");

  private final Gauge streamsOpen =
      new Gauge("mesh_instance_streams_open", "Streams replied or received that are open.");
  private final Counter streams =
      new Counter("mesh_instance_streams", "Streams that have ended, by outcome.");
  private final Counter elements =
      new Counter("mesh_instance_stream_elements", "Elements of streams sent and received.");

  private HostFamilies() {}

  static List<MetricFamily> of(List<HostSnapshot> instances, Map<String, Long> refusedByNode) {
    HostFamilies families = new HostFamilies();
    instances.forEach(families::add);
    Counter byNode =
        new Counter("mesh_host_refused", "Calls refused before an instance was chosen, by reason.");
    refusedByNode.forEach((reason, count) -> byNode.add(Labels.of("reason", reason), count));
    return List.of(
        families.queued,
        families.queueAge,
        families.inProgress,
        families.started,
        families.waited,
        families.served,
        families.errors,
        families.restarts,
        families.refused,
        families.dropped,
        families.streamsOpen,
        families.streams,
        families.elements,
        byNode);
  }

  private void add(HostSnapshot host) {
    InstanceLoad load = host.load();
    // Not "instance": Prometheus sets that label itself and would rename ours.
    Labels labels =
        Labels.of("service", load.service(), "instance_id", Integer.toString(load.instance()));
    queued.add(labels, load.queued());
    queueAge.add(labels, load.queueAgeNanos() / 1e9);
    inProgress.add(labels, load.inProgress());
    started.add(labels, host.started());
    waited.add(labels, host.waited(), host.waitedNanos());
    served.add(labels, host.served(), host.servedNanos());
    errors.add(labels, host.errors());
    restarts.add(labels, host.restarts());
    streamsOpen.add(labels, host.streams().open());
    host.streams()
        .ended()
        .forEach((outcome, count) -> streams.add(labels.add("outcome", outcome), count));
    elements.add(labels, host.streams().elements());
    host.refusals().forEach((reason, count) -> refused.add(labels.add("reason", reason), count));
    host.drops().forEach((reason, count) -> dropped.add(labels.add("reason", reason), count));
  }
}
