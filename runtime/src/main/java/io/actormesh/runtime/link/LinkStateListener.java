package io.actormesh.runtime.link;

/** Told when a link changes state, on the link's thread: evidence for or against a node. */
@FunctionalInterface
public interface LinkStateListener {
  void onState(LinkPeer peer, LinkState before, LinkState now, String why);
}
