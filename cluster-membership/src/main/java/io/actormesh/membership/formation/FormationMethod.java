package io.actormesh.membership.formation;

import java.util.List;

/**
 * A way to find the nodes to join: either a list that names cluster addresses ({@link
 * ListedNodes}), or a source that knows who runs at the moment ({@link DiscoveredNodes}).
 */
public sealed interface FormationMethod permits ListedNodes, DiscoveredNodes {

  /** What it is and where it looks, for log lines and errors: {@code seeds 10.0.0.7:7355}. */
  String describe();

  /** The node forms a cluster of its own. For development, and for a mesh of one node. */
  static FormationMethod self() {
    return new SelfFormation();
  }

  /** The nodes are listed; the first of the list forms the cluster if there is none yet. */
  static FormationMethod seeds(List<HostPort> seeds) {
    return new SeedFormation(seeds);
  }
}
