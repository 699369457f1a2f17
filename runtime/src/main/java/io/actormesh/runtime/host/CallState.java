package io.actormesh.runtime.host;

/**
 * Where a call stands. From {@code QUEUED} to one of the next five, from {@code STARTED} to one of
 * the last two; each step is one compare-and-set, so of all who try exactly one has the
 * consequences.
 */
enum CallState {
  /** Waiting; its payload is held. */
  QUEUED,
  /** Given back to its caller, to be run elsewhere; never run here. */
  HANDED_BACK,
  /** Recalled by its caller; never run. */
  CANCELLED,
  /** Its deadline passed while it waited; never run. */
  EXPIRED,
  /** Claimed by the instance. */
  STARTED,
  /** Answered; a one-way call has run. */
  ANSWERED,
  /** Started, and ended without an answer. */
  FAILED
}
