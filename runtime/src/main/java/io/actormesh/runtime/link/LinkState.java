package io.actormesh.runtime.link;

/** How a link stands, as far as this node can tell. New calls go over links that are usable. */
public enum LinkState {
  /** Not dialled yet, or dialling: usable, calls wait for the connection up to its time-out. */
  CONNECTING,
  /** Connected and answering. */
  UP,
  /** Connected, but a PING has been unanswered for over a second: not usable. */
  SILENT,
  /** The peer announced that it takes no new calls: not usable. */
  DRAINING,
  /** Broken; the next dial waits for its back-off: not usable. */
  DOWN,
  /** Closed for good: not usable. */
  CLOSED;

  /** Whether a new call may be given to the link. */
  public boolean usable() {
    return this == CONNECTING || this == UP;
  }
}
