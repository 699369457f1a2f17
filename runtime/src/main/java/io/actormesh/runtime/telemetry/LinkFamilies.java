package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.telemetry.MetricFamily.Counter;
import io.actormesh.runtime.telemetry.MetricFamily.Gauge;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/** The metrics of the links between this node and the others. */
final class LinkFamilies {

  private final Gauge state =
      new Gauge("mesh_link_state", "1 for the state the link to the node is in, 0 for the others.");
  private final Counter connects =
      new Counter("mesh_link_connects", "Connections made to the node.");
  private final Counter disconnects =
      new Counter(
          "mesh_link_disconnects", "Connections to the node that failed, broke or were closed.");

  private LinkFamilies() {}

  static List<MetricFamily> of(List<LinkSnapshot> links) {
    LinkFamilies families = new LinkFamilies();
    links.forEach(families::add);
    return List.of(families.state, families.connects, families.disconnects);
  }

  static List<MetricFamily> of(LinkTrafficSnapshot traffic) {
    Counter drops =
        new Counter("mesh_link_dropped", "What links threw away because nobody waited for it.");
    traffic.drops().forEach((reason, count) -> drops.add(Labels.of("reason", reason), count));
    List<MetricFamily> all = new ArrayList<>(totals(traffic));
    all.add(drops);
    all.addAll(new StreamFamilies(traffic).all());
    return all;
  }

  private static List<MetricFamily> totals(LinkTrafficSnapshot traffic) {
    return List.of(
        total("mesh_link_sent_frames", "Frames written to other nodes.", traffic.sentFrames()),
        total("mesh_link_sent_bytes", "Bytes written to other nodes.", traffic.sentBytes()),
        total("mesh_link_received_frames", "Frames read from others.", traffic.receivedFrames()),
        total("mesh_link_received_bytes", "Bytes read from others.", traffic.receivedBytes()),
        total(
            "mesh_link_caller_connects",
            "Connections that other nodes have made to this one.",
            traffic.callerConnects()),
        total(
            "mesh_link_caller_disconnects",
            "Connections of other nodes that were turned away, broke or were closed.",
            traffic.callerDisconnects()));
  }

  private void add(LinkSnapshot link) {
    Labels labels = Labels.of("peer", link.peer());
    for (String name : link.states()) {
      state.add(labels.add("state", name), name.equals(link.state()) ? 1 : 0);
    }
    connects.add(labels, link.connects());
    disconnects.add(labels, link.disconnects());
  }

  private static Counter total(String name, String help, long value) {
    Counter counter = new Counter(name, help);
    counter.add(Labels.EMPTY, value);
    return counter;
  }
}
