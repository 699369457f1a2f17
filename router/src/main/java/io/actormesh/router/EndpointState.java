package io.actormesh.router;

/** Whether an endpoint takes new calls. */
public enum EndpointState {
  /** Takes new calls. */
  READY,
  /** Draining: finishes what it has, and takes a new call only if nobody else is left. */
  SERVING,
  /** Cannot be called: its node is starting, leaving or unreachable. */
  UNAVAILABLE
}
