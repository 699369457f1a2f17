package io.actormesh.runtime.link;

/** The way to one node: over the network, within the process, or simulated. Thread-safe. */
public interface Link {

  /**
   * Sends one attempt. Never blocks. What becomes of it is told to the call itself; a link that is
   * down or full tells the call so, too (on the link's thread, after this returned, for a remote
   * link; a local link may tell before it returns).
   */
  void send(OutboundCall call);

  /**
   * Asks the serving node not to run the call if it has not been started. The call is then ended by
   * whatever comes first: the answer to the recall, its reply, or its deadline. Any thread; has no
   * effect on a call that has ended.
   */
  void recall(OutboundCall call);

  /** The link's present state, a volatile read. */
  LinkState state();
}
