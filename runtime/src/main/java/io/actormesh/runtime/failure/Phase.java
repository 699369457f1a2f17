package io.actormesh.runtime.failure;

/** How far a call had come when its deadline passed. */
public enum Phase {
  /** Still on the caller's node: no endpoint chosen, or not yet written to a connection. */
  UNSENT,
  /** Written to the connection; the serving node has not said what became of it. */
  SENT,
  /** Waiting in the serving node's queue; it was never run. */
  QUEUED,
  /** Running: the service had started it and not answered. */
  RUNNING
}
