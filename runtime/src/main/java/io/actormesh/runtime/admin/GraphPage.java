package io.actormesh.runtime.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to {@code graph}: who calls whom, and how that goes.
 *
 * @param missing nodes whose calls are not in it
 */
record GraphPage(Scope scope, Collection<Vertex> vertices, List<Edge> edges, List<String> missing) {

  /**
   * A node, service, instance, or caller that is neither.
   *
   * @param id what edges name it by
   * @param node the node of an instance, else empty
   * @param service the service of an instance, else empty
   */
  record Vertex(String id, String kind, String name, String node, String service) {}

  /**
   * The calls of one caller on one node to one instance.
   *
   * @param node the node that makes the calls
   */
  record Edge(
      String from,
      String node,
      String to,
      CallFigures calls,
      Map<String, CallFigures> operations) {}

  private record Ends(String from, String node, String to) {}

  static GraphPage of(MeshView mesh, Scope scope, CollectedFigures figures) {
    GraphVertices vertices = GraphVertices.of(mesh);
    Map<Ends, List<EdgeFigures>> groups = new LinkedHashMap<>();
    for (NodeFigures node : figures.nodes()) {
      for (EdgeFigures edge : node.edges()) {
        Ends ends = new Ends(vertices.caller(edge), node.node(), vertices.target(edge));
        groups.computeIfAbsent(ends, any -> new ArrayList<>()).add(edge);
      }
    }
    List<Edge> edges = new ArrayList<>();
    groups.forEach((ends, group) -> edges.add(edge(ends, group)));
    return new GraphPage(scope, vertices.all(), edges, figures.missing());
  }

  private static Edge edge(Ends ends, List<EdgeFigures> group) {
    return new Edge(
        ends.from(), ends.node(), ends.to(), CallFigures.of(group), ServicePage.byOperation(group));
  }
}
