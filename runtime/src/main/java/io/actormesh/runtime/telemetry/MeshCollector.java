package io.actormesh.runtime.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/** Turns the mesh's own counters into Prometheus metrics, each time they are scraped. */
final class MeshCollector implements MultiCollector {

  private final CallMetrics metrics;

  MeshCollector(CallMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public MetricSnapshots collect() {
    List<MetricFamily> families = new ArrayList<>();
    families.addAll(EdgeFamilies.of(metrics.edges(), metrics.edgesFolded()));
    families.addAll(HostFamilies.of(metrics.instances(), metrics.hostRefusals()));
    families.addAll(LinkFamilies.of(metrics.links()));
    families.addAll(LinkFamilies.of(metrics.traffic().snapshot()));
    families.addAll(
        IngressFamilies.of(metrics.routes(), metrics.ingressRejections(), metrics.ingressCuts()));
    families.addAll(OutputFamilies.of(metrics.outputs()));
    metrics.certificate().map(IngressFamilies::of).ifPresent(families::addAll);
    return new MetricSnapshots(families.stream().map(MetricFamily::snapshot).toList());
  }
}
