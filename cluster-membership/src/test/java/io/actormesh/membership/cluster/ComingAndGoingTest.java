package io.actormesh.membership.cluster;

import static io.actormesh.membership.cluster.TestNode.PATIENCE;
import static io.actormesh.membership.cluster.TestNode.join;
import static io.actormesh.membership.cluster.TestNode.offering;
import static io.actormesh.membership.cluster.TestNode.selectable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.membership.Confirmation;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.formation.FormationMethod;
import io.actormesh.membership.registry.ReplicaReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that join late, leave, and die. */
class ComingAndGoingTest {

  private final List<TestNode> nodes = new ArrayList<>();

  @AfterEach
  void terminate() {
    nodes.forEach(node -> node.system.terminate());
    nodes.forEach(TestNode::close);
  }

  @Test
  void aNodeComesToKnowAllAndIsForgottenWhenItDies() {
    Membership first = joined(node("first"));
    // A witness makes a majority of those who are left.
    TestNode witness = node("witness");
    joined(witness);
    TestNode.await(first.registry().publish(offering("early")));

    // A late joiner holds everything as soon as its join has completed.
    TestNode late = node("late");
    Membership second = joined(late);
    assertThat(selectable(second.registry().snapshot(), "early")).containsExactly(first.self());

    TestNode.await(second.registry().publish(offering("late")));
    assertThat(selectable(first.registry().snapshot(), "late")).containsExactly(late.id());

    // Distributed Data holds it as well, on every node.
    String key = late.id().toString();
    await().atMost(PATIENCE).until(() -> ReplicaReader.keys(witness.system).contains(key));

    // A killed node's entry is excluded while it is unreachable, and gone once it is removed.
    late.kill();
    await().atMost(PATIENCE).until(() -> selectable(first.registry().snapshot(), "late").isEmpty());
    await().atMost(PATIENCE).until(() -> first.view().member(late.id()).isEmpty());
    assertThat(first.registry().snapshot().entry(late.id())).isEmpty();
    for (TestNode left : List.of(nodes.get(0), witness)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(ReplicaReader.keys(left.system))
                      .containsExactlyInAnyOrder(
                          nodes.get(0).id().toString(), witness.id().toString()));
    }
    assertThat(first.view().members())
        .hasSize(2)
        .allMatch(member -> member.status() == MemberStatus.UP && member.reachable());
    assertThat(TestNode.await(first.registry().publish(offering("alone"))).complete()).isTrue();
  }

  @Test
  void aNodeBackUnderTheSameAddressIsAnotherOne() {
    Membership first = joined(node("first"));
    TestNode witness = node("witness");
    Membership second = joined(witness);
    TestNode crashed = node("crashed");
    TestNode.await(joined(crashed).registry().publish(offering("old")));
    List<RegistrySnapshot> seen = new CopyOnWriteArrayList<>();
    first.registry().subscribe(seen::add);

    // At once, while the others still take the old one for a member.
    crashed.kill();
    TestNode back = backAt(crashed);
    TestNode.await(joined(back).registry().publish(offering("new")));

    assertThat(back.address).isEqualTo(crashed.address);
    assertThat(back.id()).isNotEqualTo(crashed.id());
    for (Membership left : List.of(first, second)) {
      RegistrySnapshot snapshot = left.registry().snapshot();
      assertThat(snapshot.entries()).containsOnlyKeys(nodes.get(0).id(), witness.id(), back.id());
      assertThat(snapshot.services()).containsExactly("new");
    }
    // What was said about the old one is gone for good, in Distributed Data, too.
    String[] keys = keys(nodes.get(0), witness, back);
    for (TestNode node : List.of(nodes.get(0), witness, back)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(ReplicaReader.keys(node.system)).containsExactlyInAnyOrder(keys));
    }
    assertThat(seen)
        .filteredOn(snapshot -> snapshot.entry(back.id()).isPresent())
        .isNotEmpty()
        .allMatch(snapshot -> snapshot.entry(crashed.id()).isEmpty());
  }

  @Test
  void aSilentNodeIsNamedOnceTheWaitIsOver() {
    Membership first = joined(node("first"));
    TestNode dying = node("dying");
    joined(dying);
    dying.kill();

    // Not yet unreachable, so it is waited for, and in vain.
    Confirmation confirmation = TestNode.await(first.registry().publish(offering("lonely")));

    assertThat(confirmation.confirmedBy()).containsExactly(first.self());
    assertThat(confirmation.silent()).isSubsetOf(dying.id());
    assertThat(selectable(first.registry().snapshot(), "lonely")).containsExactly(first.self());
  }

  @Test
  void aNodeThatLeavesIsNoCandidateEvenIfItsEntrySaysReady() {
    Membership first = joined(node("first"));
    Membership second = joined(node("second"));
    TestNode.await(second.registry().publish(offering("left")));
    List<RegistrySnapshot> seen = new CopyOnWriteArrayList<>();
    first.registry().subscribe(seen::add);
    NodeId leaver = second.self();

    TestNode.await(second.leave());

    await().atMost(PATIENCE).until(() -> first.view().member(leaver).isEmpty());
    assertThat(seen)
        .anySatisfy(snapshot -> assertThat(snapshot.leaving()).contains(leaver))
        .allSatisfy(
            snapshot -> {
              if (snapshot.leaving().contains(leaver)) {
                assertThat(selectable(snapshot, "left")).isEmpty();
              }
            });
    TestNode.await(nodes.get(1).system.getWhenTerminated());
  }

  @Test
  void leavingWithoutHavingJoinedIsDoneAtOnce() {
    Membership membership = node("alone").start(FormationMethod.self());
    assertThat(membership.leave()).isCompleted();
  }

  @Test
  void aPublishingThatTheStopOvertakesFails() {
    TestNode node = node("stopping");
    Membership membership = joined(node);
    node.close();
    assertThat(membership.registry().publish(offering("too-late")))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withMessageContaining("has stopped");
  }

  private TestNode node(String name) {
    TestNode node = TestNode.create(name);
    nodes.add(node);
    return node;
  }

  /** A new run of a node that was killed: under its address. */
  private TestNode backAt(TestNode killed) {
    int port = killed.address.port();
    String artery = "pekko.remote.artery {canonical.port = " + port + ", bind.port = " + port + "}";
    TestNode node = TestNode.create("back", artery);
    nodes.add(node);
    return node;
  }

  private static String[] keys(TestNode... nodes) {
    return Stream.of(nodes).map(node -> node.id().toString()).toArray(String[]::new);
  }

  private Membership joined(TestNode node) {
    Membership membership = node.start(FormationMethod.seeds(List.of(nodes.get(0).address)));
    join(membership);
    return membership;
  }
}
