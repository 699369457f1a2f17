package io.actormesh.membership.registry;

import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import java.util.HashSet;
import java.util.Set;

/** The owners who are to be told that their entry is visible here. Used by the keeper's thread. */
final class Answers {

  private final Knowledge knowledge;
  private final Peers peers;
  private final Set<NodeId> owed = new HashSet<>();

  Answers(Knowledge knowledge, Peers peers) {
    this.knowledge = knowledge;
    this.peers = peers;
  }

  /** This node is to be told. */
  void owe(NodeId owner) {
    owed.add(owner);
  }

  /** Tells those whose entries are visible by now. */
  void give() {
    owed.removeIf(this::given);
  }

  /** Forgets those whose entries were forgotten. */
  void forget() {
    owed.removeIf(owner -> knowledge.revision(owner) == 0);
  }

  private boolean given(NodeId owner) {
    long visible = knowledge.snapshot().entry(owner).map(NodeEntry::revision).orElse(0L);
    if (visible > 0) {
      peers.tell(owner, new Word.Holds(knowledge.own().id(), owner, visible));
    }
    return visible > 0;
  }
}
