package io.actormesh.membership.registry;

import io.actormesh.membership.NodeId;
import java.util.Set;

/** The registries of the other nodes, talked to straight. */
interface Peers {

  /** Sends it; it may get lost. */
  void tell(NodeId peer, Word word);

  /** Forgets all others. */
  void retain(Set<NodeId> members);
}
