package io.actormesh.runtime.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code services/{name}}.
 *
 * @param missing nodes whose figures are not among those added up
 */
record ServicePage(
    String name,
    Scope scope,
    List<Endpoint> endpoints,
    CallFigures calls,
    Map<String, CallFigures> operations,
    List<String> missing) {

  /**
   * An endpoint with its figures.
   *
   * @param calls as its callers see them
   * @param hosted as its own node sees it; null if that node's answer is missing
   */
  record Endpoint(
      @JsonUnwrapped EndpointView view, CallFigures calls, @Nullable HostedFigures hosted) {}

  static ServicePage of(ServiceView service, Scope scope, CollectedFigures collected) {
    CollectedFigures figures = collected.about(service.name());
    List<EdgeFigures> edges =
        figures.nodes().stream().flatMap(node -> node.edges().stream()).toList();
    return new ServicePage(
        service.name(),
        scope,
        service.endpoints().stream().map(view -> endpoint(view, edges, figures.nodes())).toList(),
        CallFigures.of(edges),
        byOperation(edges),
        figures.missing());
  }

  static Map<String, CallFigures> byOperation(Collection<EdgeFigures> edges) {
    Map<String, List<EdgeFigures>> groups =
        edges.stream()
            .collect(
                Collectors.groupingBy(EdgeFigures::operation, TreeMap::new, Collectors.toList()));
    Map<String, CallFigures> figures = new TreeMap<>();
    groups.forEach((operation, group) -> figures.put(operation, CallFigures.of(group)));
    return figures;
  }

  private static Endpoint endpoint(
      EndpointView view, List<EdgeFigures> edges, List<NodeFigures> nodes) {
    List<EdgeFigures> own =
        edges.stream().filter(edge -> edge.endpoint().equals(view.endpoint())).toList();
    Optional<InstanceFigures> hosted =
        nodes.stream()
            .filter(node -> node.node().equals(view.node()))
            .flatMap(node -> node.instances().stream())
            .filter(instance -> instance.instance() == view.instance())
            .findFirst();
    return new Endpoint(view, CallFigures.of(own), hosted.map(HostedFigures::of).orElse(null));
  }
}
