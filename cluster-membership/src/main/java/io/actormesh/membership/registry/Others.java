package io.actormesh.membership.registry;

import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeId;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The members beside this node. */
final class Others {

  private Others() {}

  /** Those who are there at all. */
  static Set<NodeId> current(MembershipView view) {
    return others(view, Snapshots::isCurrent);
  }

  /** Those who can answer now. */
  static Set<NodeId> able(MembershipView view) {
    return others(view, Others::canAnswer);
  }

  /** Those who are in the one view and no more in the other. */
  static Set<NodeId> gone(MembershipView before, MembershipView after) {
    return others(before, member -> after.member(member.id()).isEmpty());
  }

  /** One that exits is shutting down already; waiting for its answer would only delay us. */
  private static boolean canAnswer(Member member) {
    return member.reachable()
        && (member.status().staying() || member.status() == MemberStatus.LEAVING);
  }

  private static Set<NodeId> others(MembershipView view, Predicate<Member> which) {
    return view.members().stream()
        .filter(which)
        .map(Member::id)
        .filter(id -> !id.equals(view.self()))
        .collect(Collectors.toSet());
  }
}
