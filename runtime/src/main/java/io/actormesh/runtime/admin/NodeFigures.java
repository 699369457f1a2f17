package io.actormesh.runtime.admin;

import io.actormesh.runtime.telemetry.CallMetrics;
import java.util.List;

/**
 * What one node has counted, and what needs attention there.
 *
 * @param node the node's name
 * @param edges the calls it made
 * @param instances the instances it hosts
 * @param links its links to others
 * @param warnings what is wrong with it though it works
 */
public record NodeFigures(
    String node,
    List<EdgeFigures> edges,
    List<InstanceFigures> instances,
    List<LinkFigures> links,
    List<HealthWarning> warnings) {

  public NodeFigures {
    edges = List.copyOf(edges);
    instances = List.copyOf(instances);
    links = List.copyOf(links);
    // Nodes of an older version send none.
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /** What this node has counted up to now. */
  public static NodeFigures of(String node, CallMetrics metrics, List<HealthWarning> warnings) {
    return new NodeFigures(
        node,
        metrics.edges().stream().map(EdgeFigures::of).toList(),
        metrics.instances().stream().map(InstanceFigures::of).toList(),
        metrics.links().stream().map(LinkFigures::of).toList(),
        warnings);
  }

  /** The part of it that is about one service. */
  NodeFigures about(String service) {
    return new NodeFigures(
        node,
        edges.stream().filter(edge -> edge.service().equals(service)).toList(),
        instances.stream().filter(instance -> instance.service().equals(service)).toList(),
        links,
        warnings);
  }
}
