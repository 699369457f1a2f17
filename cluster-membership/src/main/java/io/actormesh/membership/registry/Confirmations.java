package io.actormesh.membership.registry;

import io.actormesh.membership.Confirmation;
import io.actormesh.membership.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes that wait until every reachable peer holds them. Used by the keeper's thread alone;
 * futures complete on the executor.
 */
final class Confirmations {

  private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

  private final NodeId self;
  private final Deliveries deliveries;
  private final Executor callbacks;
  private final List<Pending> waiting = new ArrayList<>();

  Confirmations(NodeId self, Deliveries deliveries, Executor callbacks) {
    this.self = self;
    this.deliveries = deliveries;
    this.callbacks = callbacks;
  }

  void await(Pending pending) {
    waiting.add(pending);
  }

  /** Completes what every peer holds by now. */
  void settle(Instant now) {
    waiting.removeIf(pending -> settled(pending, now));
  }

  /** Completes what has waited for this revision, naming the silent ones. */
  void giveUp(long revision) {
    waiting.removeIf(pending -> pending.revision() == revision && givenUp(pending));
  }

  private boolean settled(Pending pending, Instant now) {
    if (!deliveries.lacking(pending.revision()).isEmpty()) {
      return false;
    }
    Set<NodeId> confirmedBy = confirmedBy(pending);
    Duration took = Duration.between(pending.since(), now);
    LOG.info(
        "Entry of {} confirmed at revision {} in {} ms by {} nodes",
        self,
        pending.revision(),
        Math.max(0, took.toMillis()),
        confirmedBy.size());
    complete(pending, new Confirmation(confirmedBy, Set.of()));
    return true;
  }

  private boolean givenUp(Pending pending) {
    Set<NodeId> silent = deliveries.lacking(pending.revision());
    LOG.warn(
        "Entry of {} not confirmed at revision {} in time by {}; they are told until they confirm",
        self,
        pending.revision(),
        silent);
    complete(pending, new Confirmation(confirmedBy(pending), silent));
    return true;
  }

  private Set<NodeId> confirmedBy(Pending pending) {
    Set<NodeId> confirmedBy = new HashSet<>(deliveries.holding(pending.revision()));
    confirmedBy.add(self);
    return confirmedBy;
  }

  private void complete(Pending pending, Confirmation confirmation) {
    pending.confirmed().completeAsync(() -> confirmation, callbacks);
  }
}
