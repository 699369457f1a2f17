package io.actormesh.runtime.link;

/** What serves the calls that arrive: the host, or a test. */
@FunctionalInterface
public interface InboundHandler {
  /**
   * Takes one call. Runs on the link's event loop for a remote call and on the caller's thread for
   * a local one; must not block and must not throw.
   */
  void onCall(InboundCall call);
}
