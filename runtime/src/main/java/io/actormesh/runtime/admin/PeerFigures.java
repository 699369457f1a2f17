package io.actormesh.runtime.admin;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks all nodes of the mesh what they have counted. */
@FunctionalInterface
public interface PeerFigures {

  /**
   * The figures of all nodes that answer in time. Never fails because a peer does not answer: that
   * peer is then named as missing.
   */
  CompletionStage<CollectedFigures> collect(Duration timeout);
}
