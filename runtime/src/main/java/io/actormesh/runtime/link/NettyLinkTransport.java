package io.actormesh.runtime.link;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The links of a node over TCP. It listens for callers as soon as it is started, and dials a peer
 * when its link is first asked for. Thread-safe.
 */
public final class NettyLinkTransport implements LinkTransport {

  private final LinkContext context;
  private final Acceptor acceptor;
  private final int port;
  private final Map<LinkPeer, NettyLink> links = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private NettyLinkTransport(LinkContext context, Acceptor acceptor) {
    this.context = context;
    this.acceptor = acceptor;
    this.port = acceptor.listen();
  }

  /**
   * Starts listening. Blocks for the moment that binding takes, so it must not be called on an
   * event loop.
   *
   * @throws java.io.UncheckedIOException if the port cannot be bound; the message names it
   */
  public static NettyLinkTransport start(
      LinkSettings settings,
      LinkEnvironment environment,
      MembershipGate gate,
      InboundHandler handler) {
    LinkContext context = new LinkContext(settings, environment);
    return new NettyLinkTransport(context, new Acceptor(context, gate, handler));
  }

  @Override
  public int boundPort() {
    return port;
  }

  @Override
  public Link to(LinkPeer peer) {
    NettyLink known = links.get(peer);
    return known == null ? links.computeIfAbsent(peer, this::dialled) : known;
  }

  @Override
  public void forget(LinkPeer peer) {
    NettyLink link = links.remove(peer);
    if (link != null) {
      link.close(peer.name() + " (" + peer.nodeAddress() + ") has left");
    }
  }

  @Override
  public CompletionStage<Void> drain() {
    return acceptor.goAway(CloseReason.DRAINING);
  }

  /**
   * Asks every connected caller to move to a new connection, for instance because the certificate
   * has changed. Calls that have arrived are answered on the old one, and its open streams go on
   * there until they end: no time bounds them, so that a stream without end keeps the old
   * connection, and the certificate it began with. Completes when all have been told.
   */
  public CompletionStage<Void> renew() {
    return acceptor.goAway(CloseReason.REPLACED);
  }

  @Override
  public CompletionStage<Void> close(Duration patience) {
    closed = true;
    acceptor.stopListening();
    return drain()
        .thenCompose(told -> atMost(acceptor.idle(), patience))
        .thenCompose(idle -> closeAll());
  }

  private CompletionStage<Void> closeAll() {
    links.values().forEach(link -> link.close("this node is leaving"));
    links.clear();
    return acceptor.close();
  }

  /** Completes with the stage, or after the given time, whichever is first. */
  private CompletionStage<Void> atMost(CompletionStage<Void> stage, Duration patience) {
    CompletableFuture<Void> either = new CompletableFuture<>();
    var unusedStage = stage.thenAccept(either::complete);
    try {
      EventLoop loop = context.environment().loops().next();
      var unused =
          loop.schedule(() -> either.complete(null), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException shutDown) {
      either.complete(null);
    }
    return either;
  }

  private NettyLink dialled(LinkPeer peer) {
    NettyLink link = new NettyLink(peer, context);
    if (closed) {
      link.close("this node is leaving");
    } else {
      link.dial();
    }
    return link;
  }
}
