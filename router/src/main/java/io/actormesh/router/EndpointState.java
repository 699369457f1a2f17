package io.actormesh.router;

/** Whether an endpoint takes new calls. */
public enum EndpointState {
  /** Takes new calls. */
  READY,
  /** Finishes what it has, takes nothing new. */
  SERVING
}
