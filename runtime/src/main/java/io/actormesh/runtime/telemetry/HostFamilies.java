package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.telemetry.MetricFamily.Counter;
import io.actormesh.runtime.telemetry.MetricFamily.Gauge;
import io.actormesh.runtime.telemetry.MetricFamily.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

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
  private final Counter restarts =
      new Counter("mesh_instance_restarts", "Replacements of the instance after a failure.");
  private final Counter refused = new Counter("mesh_instance_refused", "Calls refused, by reason.");
  private final Counter secondReplies =
      new Counter("mesh_instance_second_replies", "Replies dropped because their call had ended.");

  private HostFamilies() {}

  static List<MetricFamily> of(List<HostSnapshot> instances) {
    HostFamilies families = new HostFamilies();
    instances.forEach(families::add);
    return List.of(
        families.queued,
        families.queueAge,
        families.inProgress,
        families.started,
        families.waited,
        families.served,
        families.restarts,
        families.refused,
        families.secondReplies);
  }

  private void add(HostSnapshot host) {
    Labels labels =
        Labels.of("service", host.service(), "instance", Integer.toString(host.instance()));
    queued.add(labels, host.queued());
    queueAge.add(labels, host.queueAgeNanos() / 1e9);
    inProgress.add(labels, host.inProgress());
    started.add(labels, host.started());
    waited.add(labels, host.waited(), host.waitedNanos());
    served.add(labels, host.served(), host.servedNanos());
    restarts.add(labels, host.restarts());
    host.refusals().forEach((reason, count) -> refused.add(labels.add("reason", reason), count));
    secondReplies.add(labels, host.secondReplies());
  }
}
