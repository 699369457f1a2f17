package io.actormesh.membership.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;

/**
 * What registries say to each other. Types are told apart by name, not by class, and one that a
 * newer release has added reads as {@link Unknown}; fields that are not known are skipped.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Word.Unknown.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Word.Announce.class, name = "announce"),
  @JsonSubTypes.Type(value = Word.Amend.class, name = "amend"),
  @JsonSubTypes.Type(value = Word.Holds.class, name = "holds"),
})
sealed interface Word {

  /** My own entry; say so once your published snapshot holds it. */
  record Announce(NodeEntry entry) implements Word {}

  /**
   * What is new in my own entry since a revision that you have confirmed; say so once your
   * published snapshot holds it. Whoever holds another revision stays silent, and is sent the
   * whole.
   */
  record Amend(Amendment amendment) implements Word {}

  /** My published snapshot holds your entry at this revision, and my listeners have run. */
  record Holds(NodeId by, NodeId node, long revision) implements Word {}

  /** Something that a newer release says. */
  record Unknown() implements Word {}
}
