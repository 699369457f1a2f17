package io.actormesh.membership.formation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Names cluster addresses to try, and by their order the one node that may form a cluster. */
public non-sealed interface ListedNodes extends FormationMethod {

  /**
   * Where to try, the same list in the same order on every node.
   *
   * <p>A node that finds itself first forms a new cluster if no other contact point knows of one;
   * all others only ever join. It is asked again while the node has not joined, so a list may grow.
   * A failed stage and an empty list are tried again too. A list that differs between nodes can
   * form two clusters: a source that changes is for {@link DiscoveredNodes}.
   *
   * @param self where this node listens
   */
  CompletionStage<List<HostPort>> contactPoints(HostPort self);

  /** The list that is already known. */
  static CompletionStage<List<HostPort>> known(List<HostPort> contactPoints) {
    return CompletableFuture.completedFuture(List.copyOf(contactPoints));
  }
}
