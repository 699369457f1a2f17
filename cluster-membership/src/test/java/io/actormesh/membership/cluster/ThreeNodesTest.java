package io.actormesh.membership.cluster;

import static io.actormesh.membership.cluster.TestNode.await;
import static io.actormesh.membership.cluster.TestNode.offering;
import static io.actormesh.membership.cluster.TestNode.selectable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.membership.Confirmation;
import io.actormesh.membership.MembershipException;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.ServiceEntry;
import io.actormesh.membership.Subscription;
import io.actormesh.membership.formation.FormationMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What three nodes that are up tell each other. The nodes are shared, services are not. */
class ThreeNodesTest {

  private static final List<TestNode> NODES = new ArrayList<>();
  private static final List<Membership> MEMBERSHIPS = new ArrayList<>();

  @BeforeAll
  static void formCluster() {
    for (String name : List.of("a", "b", "c")) {
      NODES.add(TestNode.create(name));
    }
    FormationMethod seeds = FormationMethod.seeds(List.of(NODES.get(0).address));
    NODES.forEach(node -> MEMBERSHIPS.add(node.start(seeds)));
    MEMBERSHIPS.stream().map(Membership::join).toList().forEach(TestNode::await);
  }

  @AfterAll
  static void terminate() {
    NODES.forEach(node -> node.system.terminate());
    NODES.forEach(TestNode::close);
  }

  @Test
  void aRegistrationIsVisibleEverywhereOnceItIsConfirmed() {
    for (int round = 0; round < 20; round++) {
      String service = "registered-" + round;
      Confirmation confirmation = publish(0, offering(service));
      assertThat(confirmation.silent()).isEmpty();
      assertThat(confirmation.confirmedBy()).isEqualTo(ids());
      for (Membership membership : MEMBERSHIPS) {
        assertThat(selectable(snapshot(membership), service)).containsExactly(id(0));
      }
    }
  }

  @Test
  void aWithdrawalIsVisibleEverywhereOnceItIsConfirmed() {
    publish(1, offering("withdrawn"));
    publish(1, entry -> entry.withoutService("withdrawn"));
    for (Membership membership : MEMBERSHIPS) {
      assertThat(snapshot(membership).instances("withdrawn")).isEmpty();
    }
  }

  @Test
  void aDrainingNodeIsChosenByNobodyOnceItsDrainIsConfirmed() {
    publish(2, offering("drained"));
    assertThat(await(MEMBERSHIPS.get(2).drain()).complete()).isTrue();
    for (Membership membership : MEMBERSHIPS) {
      assertThat(snapshot(membership).instances("drained")).hasSize(1);
      assertThat(selectable(snapshot(membership), "drained")).isEmpty();
      assertThat(snapshot(membership).candidateNodes()).doesNotContain(id(2));
    }
    publish(2, entry -> entry.withState(NodeState.READY));
  }

  @Test
  void peersConfirmOnlyAfterTheirListenersHaveRun() {
    List<NodeId> heard = new CopyOnWriteArrayList<>();
    try (Subscription first = listenFor("listened", 1, heard);
        Subscription second = listenFor("listened", 2, heard)) {
      publish(0, offering("listened"));
      assertThat(heard).containsExactlyInAnyOrder(id(1), id(2));
      assertThat(first).isNotSameAs(second);
    }
  }

  @Test
  void changesAreAppliedInTheirOrder() {
    List<Confirmation> confirmations = new ArrayList<>();
    var stages = new ArrayList<CompletionStage<Confirmation>>();
    for (int i = 0; i < 50; i++) {
      stages.add(MEMBERSHIPS.get(0).registry().publish(offering("ordered-" + i)));
    }
    stages.forEach(stage -> confirmations.add(await(stage)));
    assertThat(confirmations).allMatch(Confirmation::complete);
    for (Membership membership : MEMBERSHIPS) {
      assertThat(snapshot(membership).services()).contains("ordered-0", "ordered-49");
    }
  }

  @Test
  void aChangeThatThrowsFailsItsOwnStageAndNothingElse() {
    NodeEntry before = snapshot(MEMBERSHIPS.get(0)).entry(id(0)).orElseThrow();
    assertThatThrownBy(
            () ->
                publish(
                    0,
                    entry -> {
                      throw new IllegalStateException("no");
                    }))
        .hasRootCauseMessage("no");
    assertThat(snapshot(MEMBERSHIPS.get(0)).entry(id(0))).contains(before);
  }

  @Test
  void anEntryThatNoMessageCanCarryIsRefusedWithItsSize() {
    ServiceEntry huge = new ServiceEntry("huge", incompressible(), List.of(), false);
    assertThatThrownBy(() -> publish(0, entry -> entry.withService(huge)))
        .hasRootCauseInstanceOf(MembershipException.class)
        .hasMessageContaining("max-entry-size");
    assertThat(snapshot(MEMBERSHIPS.get(1)).services()).doesNotContain("huge");
  }

  private static String incompressible() {
    return new Random(1)
        .ints(400 * 1024, '!', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void theDescriptorArrivesAsItWasSent() {
    NodeEntry own = snapshot(MEMBERSHIPS.get(0)).entry(id(0)).orElseThrow();
    assertThat(snapshot(MEMBERSHIPS.get(1)).entry(id(0)))
        .hasValueSatisfying(entry -> assertThat(entry.node()).isEqualTo(own.node()));
  }

  @Test
  void aNodeWhoseApplicationIsStarvedStaysReachableAndGoesOnPublishing() {
    CountDownLatch release = new CountDownLatch(1);
    try {
      // More tasks that wait than the application's dispatcher has threads.
      for (int i = 0; i < 200; i++) {
        NODES.get(2).system.executionContext().execute(() -> awaitQuietly(release));
      }
      assertThat(publish(2, offering("starved")).complete()).isTrue();
      // Longer than the pause that the tests' failure detector accepts.
      Awaitility.await()
          .during(Duration.ofSeconds(5))
          .atMost(TestNode.PATIENCE)
          .until(() -> MEMBERSHIPS.get(0).view().unreachable().isEmpty());
    } finally {
      release.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Subscription listenFor(String service, int node, List<NodeId> heard) {
    return MEMBERSHIPS
        .get(node)
        .registry()
        .subscribe(
            snapshot -> {
              if (snapshot.services().contains(service) && !heard.contains(id(node))) {
                heard.add(id(node));
              }
            });
  }

  private static Confirmation publish(int node, UnaryOperator<NodeEntry> change) {
    return await(MEMBERSHIPS.get(node).registry().publish(change));
  }

  private static RegistrySnapshot snapshot(Membership membership) {
    return membership.registry().snapshot();
  }

  private static NodeId id(int node) {
    return NODES.get(node).id();
  }

  private static Set<NodeId> ids() {
    return Set.of(id(0), id(1), id(2));
  }
}
