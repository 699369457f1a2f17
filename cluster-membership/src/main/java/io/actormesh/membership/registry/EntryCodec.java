package io.actormesh.membership.registry;

import io.actormesh.membership.MembershipException;
import io.actormesh.membership.NodeEntry;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entry as bytes: those of the message that announces it. Distributed Data carries them as they
 * are. Replicas compare by digests of bytes, and nodes of two releases, or two virtual machines
 * with their own order of maps, would write the same entry in different ways.
 */
final class EntryCodec {

  private static final Logger LOG = LoggerFactory.getLogger(EntryCodec.class);

  private final Serialization serialization;

  EntryCodec(ActorSystem<?> system) {
    this.serialization = SerializationExtension.get(system);
  }

  /**
   * @throws MembershipException if the entry cannot be encoded
   */
  byte[] encode(NodeEntry entry) {
    try {
      return serialization.serialize(new Envelope(new Word.Announce(entry))).get();
    } catch (RuntimeException e) {
      MembershipException failure =
          new MembershipException(
              "The registry entry of node '" + entry.node().name() + "' cannot be encoded: " + e,
              "Keep the serialization binding that actormesh-cluster-membership's reference.conf"
                  + " declares; a shaded jar has to join all reference.conf files.");
      failure.initCause(e);
      throw failure;
    }
  }

  /**
   * The entry; empty, with a line in the log, if this release cannot read it.
   *
   * @param owner whose entry it is, for the log
   */
  Optional<NodeEntry> decode(String owner, byte[] bytes) {
    try {
      Envelope envelope = serialization.deserialize(bytes, Envelope.class).get();
      if (envelope.word() instanceof Word.Announce announce) {
        return Optional.of(announce.entry());
      }
      LOG.warn("The entry of {} is of a kind that this release does not know", owner);
    } catch (RuntimeException e) {
      LOG.warn("The entry of {} cannot be read and is left out", owner, e);
    }
    return Optional.empty();
  }
}
