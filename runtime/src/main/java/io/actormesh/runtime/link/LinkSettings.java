package io.actormesh.runtime.link;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a node's links need to know about their node.
 *
 * @param cluster the cluster's name; nodes of another cluster are turned away
 * @param self this node's identity; its address and incarnation are told to peers. Asked at each
 *     handshake, because the incarnation is known only once the cluster member has started
 * @param bindHost the address to listen on
 * @param bindPort the port to listen on, 0 = any free one
 * @param oldestVersion oldest protocol version to speak, at least 1
 * @param newestVersion newest protocol version to speak
 * @param connectionsPerPeer connections to each node, 1 to 16; a caller's calls keep to one of
 *     them, so that they stay in order; default 1
 * @param times how long to wait for what
 * @param limits how much to hold
 * @param streams how much to hold for streams
 * @param tls mutual TLS, or null for plain TCP. Without it the handshake guards against accidents,
 *     not against attackers
 */
public record LinkSettings(
    String cluster,
    Supplier<LinkPeer> self,
    String bindHost,
    int bindPort,
    int oldestVersion,
    int newestVersion,
    int connectionsPerPeer,
    LinkTimes times,
    LinkLimits limits,
    StreamLimits streams,
    @Nullable LinkTls tls) {

  public LinkSettings {
    check("bindPort", bindPort, 0, 65535);
    check("oldestVersion", oldestVersion, 1, 255);
    check("newestVersion", newestVersion, oldestVersion, 255);
    check("connectionsPerPeer", connectionsPerPeer, 1, 16);
  }

  /** The defaults: plain TCP, one connection per peer, any free port. */
  public static LinkSettings of(String cluster, Supplier<LinkPeer> self, String bindHost) {
    return new LinkSettings(
        cluster,
        self,
        bindHost,
        0,
        FrameType.OLDEST_VERSION,
        FrameType.NEWEST_VERSION,
        1,
        LinkTimes.DEFAULT,
        LinkLimits.DEFAULT,
        StreamLimits.DEFAULT,
        null);
  }

  /** The same, listening on another port. */
  public LinkSettings withPort(int port) {
    return new LinkSettings(
        cluster,
        self,
        bindHost,
        port,
        oldestVersion,
        newestVersion,
        connectionsPerPeer,
        times,
        limits,
        streams,
        tls);
  }

  /** The same with another range of protocol versions. */
  public LinkSettings withVersions(int oldest, int newest) {
    return new LinkSettings(
        cluster,
        self,
        bindHost,
        bindPort,
        oldest,
        newest,
        connectionsPerPeer,
        times,
        limits,
        streams,
        tls);
  }

  /** The same with more or fewer connections to each peer. */
  public LinkSettings withConnections(int perPeer) {
    return new LinkSettings(
        cluster,
        self,
        bindHost,
        bindPort,
        oldestVersion,
        newestVersion,
        perPeer,
        times,
        limits,
        streams,
        tls);
  }

  /** The same with other times. */
  public LinkSettings withTimes(LinkTimes others) {
    return new LinkSettings(
        cluster,
        self,
        bindHost,
        bindPort,
        oldestVersion,
        newestVersion,
        connectionsPerPeer,
        others,
        limits,
        streams,
        tls);
  }

  /** The same with other limits. */
  public LinkSettings withLimits(LinkLimits others) {
    return new LinkSettings(
        cluster,
        self,
        bindHost,
        bindPort,
        oldestVersion,
        newestVersion,
        connectionsPerPeer,
        times,
        others,
        streams,
        tls);
  }

  /** The same with other limits of streams. */
  public LinkSettings withStreams(StreamLimits others) {
    return new LinkSettings(
        cluster,
        self,
        bindHost,
        bindPort,
        oldestVersion,
        newestVersion,
        connectionsPerPeer,
        times,
        limits,
        others,
        tls);
  }

  /** The same over mutual TLS, or without it. */
  public LinkSettings withTls(@Nullable LinkTls other) {
    return new LinkSettings(
        cluster,
        self,
        bindHost,
        bindPort,
        oldestVersion,
        newestVersion,
        connectionsPerPeer,
        times,
        limits,
        streams,
        other);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }
}
