package io.actormesh.runtime.link;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** All links of one node, both ways: it listens for callers and dials the nodes it calls. */
public interface LinkTransport {

  /** The port callers dial, once started. */
  int boundPort();

  /** The link to a peer, made on first use; the same object until the peer is {@link #forget}. */
  Link to(LinkPeer peer);

  /** Closes the link to a peer that has left; its calls fail with {@link LinkFailure#CLOSED}. */
  void forget(LinkPeer peer);

  /**
   * Tells every connected caller that no call beyond the last accepted one will be served (GOAWAY).
   * Calls accepted before still get their replies. Completes when all have been told.
   */
  CompletionStage<Void> drain();

  /** Closes everything: first drains, then waits for accepted calls up to the given time. */
  CompletionStage<Void> close(Duration patience);
}
