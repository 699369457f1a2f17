package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.telemetry.MetricFamily.Counter;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Collection;
import java.util.List;

/** The metrics of spans and access log lines on their way out. */
final class OutputFamilies {

  private OutputFamilies() {}

  static List<MetricFamily> of(Collection<OutputStats> outputs) {
    Counter records =
        new Counter("mesh_output_records", "Spans and access log lines, by what became of them.");
    for (OutputStats output : outputs) {
      Labels labels = Labels.of("output", output.name());
      records.add(labels.add("result", "written"), output.written());
      records.add(labels.add("result", "dropped"), output.drops());
      records.add(labels.add("result", "failed"), output.failures());
    }
    return List.of(records);
  }
}
