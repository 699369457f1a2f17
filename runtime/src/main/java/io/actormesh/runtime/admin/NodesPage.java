package io.actormesh.runtime.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to {@code nodes}. */
record NodesPage(Scope scope, List<Node> nodes, List<String> missing) {

  /**
   * A node with its links and warnings.
   *
   * @param links as the node itself sees them; null if its answer is missing
   * @param warnings what the node says is wrong though it works; null if its answer is missing
   */
  record Node(
      @JsonUnwrapped NodeView view,
      @Nullable List<LinkFigures> links,
      @Nullable List<HealthWarning> warnings) {}

  static NodesPage of(List<NodeView> nodes, Scope scope, CollectedFigures figures) {
    List<Node> listed = nodes.stream().map(view -> node(view, figures)).toList();
    return new NodesPage(scope, listed, figures.missing());
  }

  private static Node node(NodeView view, CollectedFigures figures) {
    return figures.nodes().stream()
        .filter(node -> node.node().equals(view.name()))
        .findFirst()
        .map(node -> new Node(view, node.links(), node.warnings()))
        .orElseGet(() -> new Node(view, null, null));
  }
}
