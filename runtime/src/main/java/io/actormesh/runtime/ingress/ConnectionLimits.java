package io.actormesh.runtime.ingress;

import java.time.Duration;

/**
 * How many connections clients may have, and how long these may say nothing of use.
 *
 * @param max open at once; beyond it those that have been idle longest are closed for new ones
 * @param headTimeout how long a new connection may take to its first complete request head, TLS
 *     handshake included
 * @param idleTimeout how long a connection may take from one answer to the head of its next request
 * @param minReadRate bytes of an answer that its client has to read in a second, which adds to the
 *     idle time-out
 */
record ConnectionLimits(int max, Duration headTimeout, Duration idleTimeout, long minReadRate) {

  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(1);

  /** How long a connection may take to its next request while it reads an answer of this size. */
  long idleNanos(long bytes) {
    return idleTimeout.toNanos() + (long) (1e9 * bytes / minReadRate);
  }

  /** How often overdue connections are looked for; they live that much longer at most. */
  Duration sweep() {
    Duration shorter = headTimeout.compareTo(idleTimeout) < 0 ? headTimeout : idleTimeout;
    Duration quarter = shorter.dividedBy(4);
    return quarter.compareTo(LONGEST_SWEEP) < 0 ? quarter : LONGEST_SWEEP;
  }

  /** What Pekko may hold open: more, because connections that are cut take a moment to go. */
  int withMargin() {
    return max + max / 8 + 64;
  }
}
