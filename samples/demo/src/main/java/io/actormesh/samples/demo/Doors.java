package io.actormesh.samples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which one customer tries the front doors: the own one first, one that was shut last
 * time, last. Not thread-safe.
 */
final class Doors {

  private final List<Node> nodes;
  private final int home;
  private final long[] shutUntil;

  Doors(List<Node> nodes, int home, long nowNanos) {
    this.nodes = nodes;
    this.home = home % nodes.size();
    this.shutUntil = new long[nodes.size()];
    Arrays.fill(shutUntil, nowNanos);
  }

  List<Node> inOrder(long nowNanos) {
    List<Node> open = new ArrayList<>();
    List<Node> shut = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      int door = (home + i) % nodes.size();
      (shutUntil[door] - nowNanos > 0 ? shut : open).add(nodes.get(door));
    }
    open.addAll(shut);
    return open;
  }

  /** Stay away from it for a while. */
  void shut(Node node, Duration time, long nowNanos) {
    shutUntil[nodes.indexOf(node)] = nowNanos + time.toNanos();
  }
}
