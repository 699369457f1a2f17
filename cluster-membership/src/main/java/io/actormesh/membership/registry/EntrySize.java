package io.actormesh.membership.registry;

import io.actormesh.membership.MembershipException;
import io.actormesh.membership.NodeEntry;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Refuses an entry that does not fit one control message. Artery would drop it without telling
 * anybody but the log.
 */
final class EntrySize {

  private static final String FRAME = "pekko.remote.artery.advanced.maximum-frame-size";

  /** What a frame carries beside the message: addresses, manifest. */
  private static final long ENVELOPE_BYTES = 4096;

  private final EntryCodec codec;
  private final long maxBytes;

  /**
   * @throws MembershipException if an entry of that size would not fit a frame of this system
   */
  EntrySize(ActorSystem<?> system, EntryCodec codec, long maxBytes) {
    requireFits(system.settings().config().getBytes(FRAME), maxBytes);
    this.codec = codec;
    this.maxBytes = maxBytes;
  }

  private static void requireFits(long frameBytes, long maxBytes) {
    if (maxBytes > frameBytes - ENVELOPE_BYTES) {
      throw new MembershipException(
          "actormesh.cluster.registry.max-entry-size: "
              + maxBytes
              + " bytes do not fit a frame of "
              + frameBytes
              + " bytes.",
          "Raise actormesh.cluster.max-frame-size on every node, or lower max-entry-size.");
    }
  }

  /**
   * @throws MembershipException if it is too large, or cannot be encoded at all
   */
  void check(NodeEntry entry) {
    int bytes = codec.encode(entry).length;
    if (bytes > maxBytes) {
      throw new MembershipException(
          "The registry entry of node '"
              + entry.node().name()
              + "' takes "
              + bytes
              + " bytes, "
              + maxBytes
              + " are allowed; its services are "
              + entry.services().keySet()
              + ".",
          "Host fewer services on this node, or raise actormesh.cluster.registry.max-entry-size"
              + " and, above it, actormesh.cluster.max-frame-size on every node.");
    }
  }
}
