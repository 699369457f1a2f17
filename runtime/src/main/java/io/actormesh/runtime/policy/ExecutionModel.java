package io.actormesh.runtime.policy;

/** Which threads run a service's instances. */
public enum ExecutionModel {
  /** A pool sized to the machine's cores. Safe for handlers that compute, or block now and then. */
  DISPATCHER,
  /**
   * The link's event loop: a call runs to completion where it was decoded, without a thread
   * hand-off. For handlers that neither block nor compute long; one that does is noticed, named in
   * a warning, and its service moved to the pool.
   */
  EVENT_LOOP
}
