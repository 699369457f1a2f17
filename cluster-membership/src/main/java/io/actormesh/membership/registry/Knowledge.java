package io.actormesh.membership.registry;

import io.actormesh.membership.Member;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.publication.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that this node holds: its own entry, the others', and who is a member. Whatever changes it
 * publishes the snapshot that follows. Used by the keeper's thread alone.
 */
final class Knowledge {

  private final Published<RegistrySnapshot> published;
  private final Map<NodeId, Instant> strangers = new HashMap<>();
  private EntryTable table = EntryTable.empty();
  private NodeEntry own;
  private MembershipView view;

  Knowledge(NodeEntry own, Published<RegistrySnapshot> published) {
    this.own = own;
    this.published = published;
    this.view = MembershipView.empty(own.id());
  }

  /** This node's own entry. */
  NodeEntry own() {
    return own;
  }

  /** What readers see at the moment. */
  RegistrySnapshot snapshot() {
    return published.get();
  }

  /** The own entry is now this one. */
  void own(NodeEntry next) {
    own = next;
    publish();
  }

  /**
   * The members are now these. Entries of those who are gone are forgotten; of those who were never
   * there they are kept for a while, as an entry may arrive before the news that its node has
   * joined.
   */
  void members(MembershipView next) {
    MembershipView before = view;
    view = next;
    table = table.retain(id -> isMember(id) || before.member(id).isEmpty());
    strangers.keySet().removeIf(this::isMember);
    publish();
  }

  /** Somebody's entry has arrived; nobody but this node itself writes the own one. */
  void learn(NodeEntry entry, Instant now) {
    if (entry.id().equals(own.id())) {
      return;
    }
    if (!isMember(entry.id())) {
      strangers.putIfAbsent(entry.id(), now);
    }
    table = table.merge(entry);
    publish();
  }

  /**
   * What somebody's entry becomes by an amendment; empty if it is not held at the revision that the
   * amendment applies to.
   */
  Optional<NodeEntry> amended(Amendment amendment) {
    return table.get(amendment.node()).flatMap(amendment::applied);
  }

  /** Forgets the entries of nodes that have not become members in this time. */
  void forgetStrangers(Duration patience, Instant now) {
    strangers.values().removeIf(since -> since.plus(patience).isBefore(now));
    table = table.retain(id -> isMember(id) || strangers.containsKey(id));
  }

  /** The revision that is held of another node's entry, visible or not; 0 if none is. */
  long revision(NodeId node) {
    return table.revision(node);
  }

  /** The members at the moment. */
  MembershipView members() {
    return view;
  }

  private boolean isMember(NodeId id) {
    return view.member(id).filter(Snapshots::isCurrent).map(Member::id).isPresent();
  }

  private void publish() {
    RegistrySnapshot before = snapshot();
    RegistrySnapshot next = Snapshots.of(before.version() + 1, own, table, view);
    if (!Snapshots.sameContent(before, next)) {
      published.publish(next);
    }
  }
}
