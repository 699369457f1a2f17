package io.actormesh.router.resilience;

/**
 * Decides whether a failed attempt is followed by another one, elsewhere. A call that may have been
 * started is repeated only if its operation is idempotent; a call that provably was not started is
 * repeated as long as attempts and time are left.
 */
public final class Failover {

  private Failover() {}

  /** What is known of a failed attempt. */
  public enum Evidence {
    /** It was provably not started, and another endpoint may take it. */
    NOT_STARTED,
    /** It may have been started, and the endpoint is gone. */
    MAY_HAVE_RUN,
    /**
     * The endpoint answered: with a failure that another one would repeat, or with the deadline.
     */
    FINAL
  }

  /**
   * Whether to try again elsewhere.
   *
   * @param evidence what is known of the attempt that failed
   * @param attempts how many attempts have been made, at least 1
   * @param maxAttempts how many are allowed
   * @param idempotent whether the operation may run twice
   * @param remainingNanos time left until the call's deadline
   */
  public static boolean tryElsewhere(
      Evidence evidence, int attempts, int maxAttempts, boolean idempotent, long remainingNanos) {
    if (attempts >= maxAttempts || remainingNanos <= 0) {
      return false;
    }
    return switch (evidence) {
      case NOT_STARTED -> true;
      case MAY_HAVE_RUN -> idempotent;
      case FINAL -> false;
    };
  }
}
