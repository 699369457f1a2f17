package io.actormesh.membership;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The members of the cluster as this node sees them at one moment. Immutable; each change is a new
 * view with the next version.
 */
public final class MembershipView {

  private final long version;
  private final NodeId self;
  private final SortedMap<NodeId, Member> members;

  private MembershipView(long version, NodeId self, SortedMap<NodeId, Member> members) {
    this.version = version;
    this.self = self;
    this.members = Collections.unmodifiableSortedMap(members);
  }

  /** The view of a node that has not joined yet. */
  public static MembershipView empty(NodeId self) {
    return new MembershipView(0, self, new TreeMap<>());
  }

  /** Rises by one with each change. */
  public long version() {
    return version;
  }

  /** The node whose view this is. */
  public NodeId self() {
    return self;
  }

  /** This node as a member; empty before it has joined and after it was removed. */
  public Optional<Member> selfMember() {
    return member(self);
  }

  /** All members, ordered by node. */
  public Collection<Member> members() {
    return members.values();
  }

  /** A member, if it is one. */
  public Optional<Member> member(NodeId id) {
    return Optional.ofNullable(members.get(id));
  }

  /** Members that some member has lost contact with. */
  public Set<NodeId> unreachable() {
    return members.values().stream()
        .filter(member -> !member.reachable())
        .map(Member::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Members that keep the cluster from agreeing on joins and leaves: while one is unreachable and
   * not yet declared down, nobody becomes up and nobody who leaves is removed.
   */
  public Set<NodeId> blockingConvergence() {
    return members.values().stream()
        .filter(member -> !member.reachable() && member.status() != MemberStatus.DOWN)
        .map(Member::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The view in which this member is added, or put in the place of the one of its id. */
  public MembershipView with(Member member) {
    SortedMap<NodeId, Member> changed = new TreeMap<>(members);
    changed.put(member.id(), member);
    return new MembershipView(version + 1, self, changed);
  }

  /** The view in which this node is no member any more. */
  public MembershipView without(NodeId id) {
    SortedMap<NodeId, Member> changed = new TreeMap<>(members);
    changed.remove(id);
    return new MembershipView(version + 1, self, changed);
  }

  @Override
  public String toString() {
    return "MembershipView[version=" + version + ", members=" + members.values() + "]";
  }
}
