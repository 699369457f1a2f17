package io.actormesh.membership.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import java.util.List;

/**
 * What registries say to each other. Types are told apart by name, not by class, and one that a
 * newer release has added reads as {@link Unknown}; fields that are not known are skipped.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Word.Unknown.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Word.Announce.class, name = "announce"),
  @JsonSubTypes.Type(value = Word.Holds.class, name = "holds"),
  @JsonSubTypes.Type(value = Word.Digest.class, name = "digest"),
  @JsonSubTypes.Type(value = Word.Relay.class, name = "relay"),
})
sealed interface Word {

  /** My own entry; say so once your published snapshot holds it. */
  record Announce(NodeEntry entry) implements Word {}

  /** My published snapshot holds your entry at this revision, and my listeners have run. */
  record Holds(NodeId by, NodeId node, long revision) implements Word {}

  /**
   * What I hold; tell me what is newer.
   *
   * @param answer whether it answers another digest, and so must not be answered by one
   */
  record Digest(NodeId from, List<Known> known, boolean answer) implements Word {

    public Digest {
      known = List.copyOf(known);
    }

    /** The revision that is held of a node's entry; 0 if none is. */
    long revision(NodeId node) {
      return known.stream()
          .filter(each -> each.node().equals(node))
          .mapToLong(Known::revision)
          .findFirst()
          .orElse(0);
    }
  }

  /** Somebody's entry that you lacked. */
  record Relay(NodeEntry entry) implements Word {}

  /** Something that a newer release says. */
  record Unknown() implements Word {}
}
