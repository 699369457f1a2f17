package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.telemetry.MetricFamily.Counter;
import io.actormesh.runtime.telemetry.MetricFamily.Gauge;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** The metrics of the links between this node and the others. */
final class LinkFamilies {

  private final Gauge state =
      new Gauge("mesh_link_state", "1 for the state the outgoing link is in, 0 for the others.");
  private final Counter sentFrames =
      new Counter("mesh_link_sent_frames", "Frames written to the node.");
  private final Counter sentBytes =
      new Counter("mesh_link_sent_bytes", "Bytes written to the node.");
  private final Counter receivedFrames =
      new Counter("mesh_link_received_frames", "Frames read from the node.");
  private final Counter receivedBytes =
      new Counter("mesh_link_received_bytes", "Bytes read from the node.");
  private final Counter drops = new Counter("mesh_link_dropped", "What was dropped, by reason.");

  private LinkFamilies() {}

  static List<MetricFamily> of(List<LinkSnapshot> links) {
    LinkFamilies families = new LinkFamilies();
    links.forEach(families::add);
    return List.of(
        families.state,
        families.sentFrames,
        families.sentBytes,
        families.receivedFrames,
        families.receivedBytes,
        families.drops);
  }

  private void add(LinkSnapshot link) {
    Labels labels = Labels.of("peer", link.peer());
    for (String name : link.states()) {
      state.add(labels.add("state", name), name.equals(link.state()) ? 1 : 0);
    }
    sentFrames.add(labels, link.sentFrames());
    sentBytes.add(labels, link.sentBytes());
    receivedFrames.add(labels, link.receivedFrames());
    receivedBytes.add(labels, link.receivedBytes());
    link.drops().forEach((reason, count) -> drops.add(labels.add("reason", reason), count));
  }
}
