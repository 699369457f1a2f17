package io.actormesh.runtime.link;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A node's links in an {@link InMemoryLinkNetwork}. */
final class InMemoryLinkTransport implements LinkTransport {

  private final InMemoryLinkNetwork network;
  private final LinkSettings settings;
  private final MembershipGate gate;
  private final InboundHandler handler;
  private final LinkStateListener stateListener;
  private final int port;
  private final Map<LinkPeer, InMemoryLink> links = new ConcurrentHashMap<>();
  private final Set<InMemoryCall> accepted = ConcurrentHashMap.newKeySet();
  private final Set<InMemoryStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  InMemoryLinkTransport(
      InMemoryLinkNetwork network,
      LinkSettings settings,
      MembershipGate gate,
      InboundHandler handler,
      LinkStateListener stateListener,
      int port) {
    this.network = network;
    this.settings = settings;
    this.gate = gate;
    this.handler = handler;
    this.stateListener = stateListener;
    this.port = port;
  }

  @Override
  public int boundPort() {
    return port;
  }

  @Override
  public Link to(LinkPeer peer) {
    return links.computeIfAbsent(peer, this::opened);
  }

  @Override
  public void forget(LinkPeer peer) {
    InMemoryLink link = links.remove(peer);
    if (link != null) {
      network.executor().execute(() -> link.close(peer.name() + " has left"));
    }
  }

  @Override
  public CompletionStage<Void> drain() {
    draining = true;
    CompletableFuture<Void> told = new CompletableFuture<>();
    network.deliver(
        () -> {
          network.goAway(this);
          told.complete(null);
        });
    return told;
  }

  @Override
  public CompletionStage<Void> close(Duration patience) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    long end = network.ticker().nowNanos() + patience.toNanos();
    var unused = drain().thenRun(() -> closeWhenIdle(end, closed));
    return closed;
  }

  private void closeWhenIdle(long end, CompletableFuture<Void> closed) {
    boolean busy = !accepted.isEmpty() || !streams.isEmpty();
    if (busy && network.ticker().nowNanos() - end < 0) {
      var unused =
          network.executor().schedule(() -> closeWhenIdle(end, closed), 1, TimeUnit.MILLISECONDS);
      return;
    }
    links.values().forEach(link -> link.close("this node is leaving"));
    network.left(address(), this);
    network.breakConnections(address());
    closed.complete(null);
  }

  LinkSettings settings() {
    return settings;
  }

  InboundHandler handler() {
    return handler;
  }

  LinkStateListener stateListener() {
    return stateListener;
  }

  InMemoryLinkNetwork network() {
    return network;
  }

  String address() {
    return settings.self().get().nodeAddress();
  }

  boolean draining() {
    return draining;
  }

  Reception receive(Hello hello) {
    return draining
        ? Reception.refused(CloseReason.DRAINING, "this node is leaving")
        : Reception.of(hello, settings, gate);
  }

  void accepted(InMemoryCall call) {
    accepted.add(call);
  }

  void ended(InMemoryCall call) {
    accepted.remove(call);
  }

  /** A stream of a call that this node serves, of its argument or its reply. */
  void opened(InMemoryStream stream) {
    streams.add(stream);
  }

  void closed(InMemoryStream stream) {
    streams.remove(stream);
  }

  /** A peer announced that it takes no new calls. */
  void onGoAway(String peerAddress) {
    links.values().stream()
        .filter(link -> link.peer().nodeAddress().equals(peerAddress))
        .forEach(InMemoryLink::onGoAway);
  }

  void breakWith(String nodeAddress, String why) {
    boolean mine = nodeAddress.equals(address());
    links.values().stream()
        .filter(link -> mine || link.peer().nodeAddress().equals(nodeAddress))
        .forEach(link -> link.onBroken(LinkFailure.BROKEN, why));
  }

  private InMemoryLink opened(LinkPeer peer) {
    InMemoryLink link = new InMemoryLink(this, peer);
    network.executor().execute(link::dial);
    return link;
  }
}
