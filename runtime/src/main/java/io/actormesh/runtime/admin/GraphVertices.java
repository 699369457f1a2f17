package io.actormesh.runtime.admin;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.actormesh.runtime.admin.GraphPage.Vertex;
import io.actormesh.runtime.telemetry.CallMetrics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The vertices of a graph, by id. What an edge names and the mesh does not know (any more) gets a
 * vertex of its own, so that no edge ends in nothing.
 */
final class GraphVertices {

  private final Map<String, Vertex> vertices = new LinkedHashMap<>();

  private GraphVertices() {}

  static GraphVertices of(MeshView mesh) {
    GraphVertices graph = new GraphVertices();
    mesh.nodes().forEach(node -> graph.add("node:" + node.name(), "node", node.name()));
    for (ServiceSummary service : mesh.services()) {
      graph.service(service.name());
      mesh.service(service.name()).map(ServiceView::endpoints).orElse(List.of()).stream()
          .forEach(view -> graph.instance(service.name(), view.endpoint(), view.node()));
    }
    return graph;
  }

  Collection<Vertex> all() {
    return vertices.values();
  }

  /** The id of who makes the calls: a service, or a node, or whatever else called itself so. */
  String caller(EdgeFigures edge) {
    String service = "service:" + edge.caller();
    String node = "node:" + edge.caller();
    if (vertices.containsKey(service)) {
      return service;
    }
    return vertices.containsKey(node)
        ? node
        : add("caller:" + edge.caller(), "caller", edge.caller());
  }

  /** The id of who is called: an instance, or the service if no instance was chosen. */
  String target(EdgeFigures edge) {
    String endpoint = edge.endpoint();
    if (endpoint.equals(CallMetrics.NO_ENDPOINT) || endpoint.equals(CallMetrics.OTHER)) {
      return service(edge.service());
    }
    int slash = endpoint.lastIndexOf('/');
    return instance(edge.service(), endpoint, endpoint.substring(0, Math.max(0, slash)));
  }

  @CanIgnoreReturnValue
  private String service(String name) {
    return add("service:" + name, "service", name);
  }

  @CanIgnoreReturnValue
  private String instance(String service, String endpoint, String node) {
    String id = "instance:" + service + "@" + endpoint;
    vertices.putIfAbsent(id, new Vertex(id, "instance", endpoint, node, service));
    return id;
  }

  @CanIgnoreReturnValue
  private String add(String id, String kind, String name) {
    vertices.putIfAbsent(id, new Vertex(id, kind, name, "", ""));
    return id;
  }
}
