package io.actormesh.membership.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.membership.Confirmation;
import io.actormesh.membership.NodeId;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private static final NodeId SELF = new NodeId("127.0.0.1:1", 1);
  private static final NodeId A = new NodeId("127.0.0.1:2", 1);
  private static final NodeId B = new NodeId("127.0.0.1:3", 1);

  private final Deliveries deliveries = new Deliveries();
  private final Confirmations confirmations = new Confirmations(SELF, deliveries, Runnable::run);

  @Test
  void aChangeIsConfirmedOnceEveryReachablePeerHoldsIt() {
    deliveries.members(Set.of(A, B), Set.of(A, B));
    CompletableFuture<Confirmation> confirmed = await(2);
    hold(A, 2);
    hold(B, 1);
    assertThat(confirmed).isNotDone();
    hold(B, 3);
    assertThat(confirmed).isCompletedWithValue(new Confirmation(Set.of(SELF, A, B), Set.of()));
  }

  @Test
  void aPeerThatBecomesUnreachableIsNoLongerWaitedFor() {
    deliveries.members(Set.of(A, B), Set.of(A, B));
    CompletableFuture<Confirmation> confirmed = await(2);
    hold(A, 2);
    deliveries.members(Set.of(A, B), Set.of(A));
    settle();
    assertThat(confirmed).isCompletedWithValue(new Confirmation(Set.of(SELF, A), Set.of()));
  }

  @Test
  void aPeerThatJoinsMeanwhileIsWaitedForToo() {
    deliveries.members(Set.of(A), Set.of(A));
    CompletableFuture<Confirmation> confirmed = await(2);
    deliveries.members(Set.of(A, B), Set.of(A, B));
    hold(A, 2);
    assertThat(confirmed).isNotDone();
    hold(B, 2);
    assertThat(confirmed).isCompleted();
  }

  @Test
  void silentPeersAreNamedAtTheTimeOutAndStayOwed() {
    deliveries.members(Set.of(A, B), Set.of(A, B));
    CompletableFuture<Confirmation> confirmed = await(2);
    hold(A, 2);
    confirmations.giveUp(2);
    assertThat(confirmed).isCompletedWithValue(new Confirmation(Set.of(SELF, A), Set.of(B)));
    assertThat(deliveries.lacking(2)).containsExactly(B);
  }

  @Test
  void aNodeWithoutPeersConfirmsByItself() {
    CompletableFuture<Confirmation> confirmed = await(1);
    settle();
    assertThat(confirmed).isCompletedWithValue(new Confirmation(Set.of(SELF), Set.of()));
  }

  private CompletableFuture<Confirmation> await(long revision) {
    CompletableFuture<Confirmation> confirmed = new CompletableFuture<>();
    confirmations.await(new Pending(revision, Instant.EPOCH, confirmed));
    return confirmed;
  }

  private void hold(NodeId peer, long revision) {
    deliveries.confirmed(peer, revision);
    settle();
  }

  private void settle() {
    confirmations.settle(Instant.EPOCH);
  }
}
