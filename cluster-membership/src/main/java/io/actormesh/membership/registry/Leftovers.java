package io.actormesh.membership.registry;

import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the entries in Distributed Data whose nodes are gone; a node that has crashed cannot delete
 * its own. Every node keeps watch, one deletes. Used by the keeper's thread alone.
 */
final class Leftovers {

  private final Duration patience;
  private final Map<String, Instant> since = new HashMap<>();

  /**
   * @param patience how long an entry may be there whose node is not known as a member
   */
  Leftovers(Duration patience) {
    this.patience = patience;
  }

  /** These were members and are no more: their entries need no patience. */
  void departed(Set<NodeId> nodes) {
    nodes.forEach(node -> since.put(SharedTable.keyOf(node), Instant.MIN));
  }

  /** The keys that this node is to delete now. */
  Set<String> due(Set<String> keys, MembershipView view, Instant now) {
    Set<String> ownerless = new HashSet<>(keys);
    ownerless.removeAll(memberKeys(view));
    since.keySet().retainAll(ownerless);
    ownerless.forEach(key -> since.putIfAbsent(key, now));
    ownerless.removeIf(key -> since.getOrDefault(key, now).plus(patience).isAfter(now));
    return deletes(view) ? ownerless : Set.of();
  }

  /** The first of those who are up; two may think they are for a moment, which does no harm. */
  private static boolean deletes(MembershipView view) {
    return view.members().stream()
        .filter(member -> member.reachable() && member.status().started())
        .findFirst()
        .filter(first -> first.id().equals(view.self()))
        .isPresent();
  }

  private static Set<String> memberKeys(MembershipView view) {
    return view.members().stream()
        .map(member -> SharedTable.keyOf(member.id()))
        .collect(Collectors.toSet());
  }
}
