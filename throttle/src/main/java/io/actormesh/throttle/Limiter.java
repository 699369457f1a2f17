package io.actormesh.throttle;

/**
 * Admits work or refuses it; never waits. What {@link #tryAcquire} has admitted is given back with
 * exactly one {@link #release}. Thread-safe; neither method blocks.
 *
 * <p>Time is handed in, in nanoseconds of a monotonic clock, so that a limiter can be run in
 * virtual time. The fixed limit does not look at it; adaptive ones do.
 */
public interface Limiter {

  /** Takes one permit if there is one. */
  boolean tryAcquire(long nowNanos);

  /**
   * Gives one permit back.
   *
   * @param outcome how the admitted work ended
   * @param startedNanos when it was admitted
   */
  void release(Outcome outcome, long startedNanos, long nowNanos);

  /** How many permits there are at present. */
  int limit();

  /** How many permits are taken at present. */
  int inFlight();

  /** How admitted work ended, as far as a limiter needs to know. */
  enum Outcome {
    /** It ran: how long it took says something about the load. */
    SUCCESS,
    /** It did not run, or its time says nothing about the load. */
    IGNORED,
    /** It was dropped further on: a sign of overload. */
    DROPPED
  }
}
