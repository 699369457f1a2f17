package io.actormesh.membership.formation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A way to find the nodes to join. A new one needs nothing but this interface: DNS, a catalogue, an
 * orchestrator's API.
 */
public interface FormationMethod {

  /** What it is and where it looks, for log lines and errors: {@code seeds 10.0.0.7:7355}. */
  String describe();

  /**
   * Where to try, the same list in the same order on every node as far as the method can.
   *
   * <p>A node that finds itself first forms a new cluster if no other contact point knows of one;
   * all others only ever join. It is asked again while the node has not joined, so a list may grow.
   * A failed stage and an empty list are tried again too.
   *
   * @param self where this node listens
   */
  CompletionStage<List<HostPort>> contactPoints(HostPort self);

  /** The node forms a cluster of its own. For development, and for a mesh of one node. */
  static FormationMethod self() {
    return new SelfFormation();
  }

  /** The nodes are listed; the first of the list forms the cluster if there is none yet. */
  static FormationMethod seeds(List<HostPort> seeds) {
    return new SeedFormation(seeds);
  }

  /** The list that is already known. */
  static CompletionStage<List<HostPort>> known(List<HostPort> contactPoints) {
    return CompletableFuture.completedFuture(List.copyOf(contactPoints));
  }
}
