package io.actormesh.runtime.admin;

import java.util.List;

/**
 * What the nodes of the mesh have counted.
 *
 * @param nodes the answers, this node's among them
 * @param missing the names of the nodes that did not answer in time, or are unreachable
 */
public record CollectedFigures(List<NodeFigures> nodes, List<String> missing) {

  public CollectedFigures {
    nodes = List.copyOf(nodes);
    missing = List.copyOf(missing);
  }

  /** What one node knows by itself. */
  static CollectedFigures of(NodeFigures own) {
    return new CollectedFigures(List.of(own), List.of());
  }

  /** The part of it that is about one service. */
  CollectedFigures about(String service) {
    return new CollectedFigures(nodes.stream().map(node -> node.about(service)).toList(), missing);
  }
}
