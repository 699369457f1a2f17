package io.actormesh.runtime.node;

import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.router.Endpoint;
import io.actormesh.router.cluster.EndpointDirectory;
import io.actormesh.runtime.link.Link;
import io.actormesh.runtime.link.LinkPeer;
import io.actormesh.runtime.link.LinkState;
import io.actormesh.runtime.link.LinkTransport;
import io.actormesh.runtime.link.LocalLink;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the link to an endpoint's node, and turns what links learn of a node into evidence for the
 * router: a node whose link is broken or silent takes no new call.
 */
final class LinkDirectory {

  private record Opened(LinkPeer peer, Link link) {}

  private final LocalLink local;
  private final LocalLink gone;
  private final LinkTransport transport;
  private final EndpointDirectory endpoints;
  private final Map<NodeId, Opened> opened = new ConcurrentHashMap<>();

  LinkDirectory(
      LocalLink local, LocalLink gone, LinkTransport transport, EndpointDirectory endpoints) {
    this.local = local;
    this.gone = gone;
    gone.close();
    this.transport = transport;
    this.endpoints = endpoints;
  }

  Link to(Endpoint endpoint) {
    if (endpoint.info().local()) {
      return local;
    }
    NodeId node = new NodeId(endpoint.id().node(), endpoint.id().incarnation());
    Opened known = opened.get(node);
    return known == null ? open(node) : known.link();
  }

  /** Closes the links to nodes that are no members any more. */
  void accept(RegistrySnapshot snapshot) {
    for (NodeId node : opened.keySet()) {
      if (!snapshot.entries().containsKey(node)) {
        close(node);
      }
    }
  }

  /** What a link has learned of its peer. */
  void onState(LinkPeer peer, LinkState before, LinkState now, String why) {
    NodeId node = new NodeId(peer.nodeAddress(), peer.incarnation());
    if (now.usable()) {
      endpoints.health(node).markUsable();
    } else {
      endpoints.health(node).markUnusable("link " + now.name().toLowerCase(Locale.ROOT));
    }
  }

  private Link open(NodeId node) {
    NodeEntry entry = endpoints.snapshot().entries().get(node);
    if (entry == null) {
      // It left between the pick and now: the call was not started and goes elsewhere.
      return gone;
    }
    return opened.computeIfAbsent(node, id -> dial(peer(entry, id))).link();
  }

  private Opened dial(LinkPeer peer) {
    return new Opened(peer, transport.to(peer));
  }

  private void close(NodeId node) {
    Opened closed = opened.remove(node);
    if (closed != null) {
      transport.forget(closed.peer());
    }
  }

  private static LinkPeer peer(NodeEntry entry, NodeId id) {
    return new LinkPeer(
        entry.node().name(),
        id.address(),
        id.incarnation(),
        entry.node().linkHost(),
        entry.node().linkPort());
  }
}
