package io.actormesh.membership.registry;

import io.actormesh.membership.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which revision of this node's entry each peer is known to hold. Used by the keeper's thread
 * alone.
 */
final class Deliveries {

  private final Map<NodeId, Long> held = new HashMap<>();
  private Set<NodeId> audience = Set.of();

  /**
   * @param members all other members; what they hold is remembered while they are unreachable
   * @param reachable those of them that can be told something now
   */
  void members(Set<NodeId> members, Set<NodeId> reachable) {
    held.keySet().retainAll(members);
    audience = new TreeSet<>(reachable);
  }

  /** The peers that are to be told, in a fixed order. */
  Set<NodeId> audience() {
    return audience;
  }

  /** A peer has confirmed this revision. */
  void confirmed(NodeId peer, long revision) {
    held.merge(peer, revision, Math::max);
  }

  /** The peers that are to be told and have not confirmed this revision. */
  Set<NodeId> lacking(long revision) {
    Set<NodeId> lacking = new TreeSet<>(audience);
    lacking.removeIf(peer -> held(peer) >= revision);
    return lacking;
  }

  /** The revision that a peer has confirmed last; 0 if it has confirmed none. */
  long held(NodeId peer) {
    return held.getOrDefault(peer, 0L);
  }

  /** The peers that have confirmed this revision. */
  Set<NodeId> holding(long revision) {
    Set<NodeId> holding = new HashSet<>(audience);
    holding.removeAll(lacking(revision));
    return holding;
  }
}
