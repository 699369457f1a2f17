package io.actormesh.membership.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * What survives when the members lose contact with each other.
 *
 * @param strategy {@code keep-majority}, {@code static-quorum}, {@code keep-oldest} or {@code
 *     down-all}
 * @param stableAfter how long things must have been quiet before a side decides; 7 s suit 5 nodes,
 *     10 s suit 10, 13 s suit 20, 17 s suit 50, 20 s suit 100
 * @param quorumSize members that make a quorum, for {@code static-quorum} alone; never run more
 *     than twice that minus one
 */
public record SplitBrain(String strategy, Duration stableAfter, int quorumSize) {

  /** The larger side survives. */
  public static final String KEEP_MAJORITY = "keep-majority";

  static final String STATIC_QUORUM = "static-quorum";

  private static final Set<String> STRATEGIES =
      Set.of(KEEP_MAJORITY, STATIC_QUORUM, "keep-oldest", "down-all");

  public SplitBrain {
    String key = "actormesh.cluster.split-brain";
    Check.that(
        STRATEGIES.contains(strategy),
        key + ".strategy: '" + strategy + "' is not known.",
        "Set it to one of " + new TreeSet<>(STRATEGIES) + ".");
    Check.positive(key + ".stable-after", stableAfter);
    Check.that(
        !strategy.equals(STATIC_QUORUM) || quorumSize > 0,
        key + ".quorum-size: " + quorumSize + " is no quorum.",
        "Set it to more than half of the nodes.");
  }

  /** The larger side survives, once things have been quiet for this long. */
  public static SplitBrain keepMajority(Duration stableAfter) {
    return new SplitBrain(KEEP_MAJORITY, stableAfter, 0);
  }
}
