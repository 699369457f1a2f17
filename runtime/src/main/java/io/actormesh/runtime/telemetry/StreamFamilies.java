package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.telemetry.MetricFamily.Counter;
import io.actormesh.runtime.telemetry.MetricFamily.Gauge;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** The metrics of the streams that links carry. */
final class StreamFamilies {

  private final Gauge open =
      new Gauge("mesh_link_open_streams", "Streams between this node and others that are open.");
  private final Counter elements =
      new Counter("mesh_link_stream_elements", "Elements of streams written or read.");
  private final Counter bytes =
      new Counter("mesh_link_stream_bytes", "Bytes of the elements of streams written or read.");
  private final Counter ends =
      new Counter("mesh_link_stream_ends", "Streams that completed, or failed for a reason.");

  StreamFamilies(LinkTrafficSnapshot traffic) {
    add("sent", traffic.sentStreams());
    add("received", traffic.receivedStreams());
  }

  List<MetricFamily> all() {
    return List.of(open, elements, bytes, ends);
  }

  private void add(String direction, StreamTrafficSnapshot streams) {
    Labels labels = Labels.of("direction", direction);
    open.add(labels, streams.open());
    elements.add(labels, streams.elements());
    bytes.add(labels, streams.bytes());
    streams.ends().forEach((end, count) -> ends.add(labels.add("end", end), count));
  }
}
