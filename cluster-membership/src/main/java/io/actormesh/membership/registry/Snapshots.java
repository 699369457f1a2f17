package io.actormesh.membership.registry;

import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.RegistrySnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Joins what the cluster says about members with what they say about themselves. */
final class Snapshots {

  private Snapshots() {}

  /** The snapshot of the current members' entries; the own entry is in it, member or not. */
  static RegistrySnapshot of(long version, NodeEntry own, EntryTable table, MembershipView view) {
    List<Member> members = view.members().stream().filter(Snapshots::isCurrent).toList();
    Map<NodeId, NodeEntry> entries = new HashMap<>();
    for (Member member : members) {
      table.get(member.id()).ifPresent(entry -> entries.put(entry.id(), entry));
    }
    entries.put(own.id(), own);
    Set<NodeId> unreachable = ids(members, member -> !member.reachable());
    Set<NodeId> leaving = ids(view.members(), member -> !member.status().staying());
    return RegistrySnapshot.of(version, own.id(), entries, unreachable, leaving);
  }

  /** Whether both say the same, whatever their version. */
  static boolean sameContent(RegistrySnapshot one, RegistrySnapshot other) {
    return one.entries().equals(other.entries())
        && one.unreachable().equals(other.unreachable())
        && one.leaving().equals(other.leaving());
  }

  /** A member that was declared down is dead: nothing of it is current. */
  static boolean isCurrent(Member member) {
    return member.status() != MemberStatus.DOWN;
  }

  private static Set<NodeId> ids(Collection<Member> members, Predicate<Member> which) {
    return members.stream().filter(which).map(Member::id).collect(Collectors.toSet());
  }
}
