package io.actormesh.membership.cluster;

import static io.actormesh.membership.cluster.TestNode.PATIENCE;
import static io.actormesh.membership.cluster.TestNode.offering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.membership.Member;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.formation.FormationMethod;
import io.actormesh.membership.formation.HostPort;
import io.actormesh.membership.formation.JoinFailed;
import io.actormesh.membership.formation.ListedNodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How nodes find each other. */
class FormationTest {

  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final List<TestNode> nodes = new ArrayList<>();

  @AfterEach
  void terminate() {
    nodes.forEach(node -> node.system.terminate());
    nodes.forEach(TestNode::close);
  }

  @Test
  void fiveNodesStartedAtOnceInAnyOrderFormOneCluster() {
    for (int i = 0; i < 5; i++) {
      node("node-" + i);
    }
    List<HostPort> seeds = nodes.stream().map(node -> node.address).limit(3).toList();
    List<TestNode> order = new ArrayList<>(nodes);
    long seed = System.nanoTime();
    Collections.shuffle(order, new Random(seed));

    List<Membership> memberships =
        order.stream().map(node -> node.start(FormationMethod.seeds(seeds))).toList();
    memberships.stream().map(Membership::join).toList().forEach(TestNode::await);

    for (Membership membership : memberships) {
      await("order " + seed).atMost(PATIENCE).until(() -> up(membership.view()) == 5);
    }
    assertThat(memberships).allSatisfy(m -> await().atMost(PATIENCE).until(() -> entries(m) == 5));
  }

  @Test
  void aNodeThatNobodyAnswersFailsWithWhatItTriedAndStops() {
    HostPort nobody = new HostPort("127.0.0.1", 1);
    TestNode node = node("lost");
    CompletionStage<MembershipView> join =
        node.start(FormationMethod.seeds(List.of(nobody)), SHORT).join();

    JoinFailed failure = failureOf(join);

    assertThat(failure.tried()).containsExactly(nobody);
    assertThat(failure)
        .hasMessageContaining("no answer from [127.0.0.1:1]")
        .hasMessageContaining("join-timeout")
        .hasMessageContaining("MESH_HOST");
    TestNode.await(node.system.getWhenTerminated());
    assertThat(CoordinatedShutdown.get(node.system).getShutdownReason())
        .contains(CoordinatedShutdown.clusterJoinUnsuccessfulReason());
  }

  @Test
  void aMethodThatFindsNobodyIsAskedAgainAndItsProblemIsNamed() {
    FormationMethod broken = new BrokenCatalogue();
    JoinFailed failure = failureOf(node("blind").start(broken, SHORT).join());
    assertThat(failure).hasMessageContaining("catalogue is down");
    assertThat(failure.tried()).isEmpty();
  }

  @Test
  void aNodeThatStopsWhileItJoinsSaysSo() {
    TestNode node = node("impatient");
    CompletionStage<MembershipView> join =
        node.start(FormationMethod.seeds(List.of(new HostPort("127.0.0.1", 1)))).join();
    node.close();
    assertThat(failureOf(join)).hasMessageContaining("stopped while it joined");
  }

  @Test
  void nodesFindEachOtherByIpv6Addresses() {
    Assumptions.assumeTrue(hasIpv6Loopback(), "this machine has no ::1");
    String v6 = "pekko.remote.artery { canonical.hostname = \"::1\", bind.hostname = \"::1\" }";
    TestNode first = TestNode.create("first", v6);
    TestNode second = TestNode.create("second", v6);
    nodes.addAll(List.of(first, second));
    FormationMethod seeds = FormationMethod.seeds(List.of(first.address));
    List<Membership> memberships = List.of(first.start(seeds), second.start(seeds));
    memberships.stream().map(Membership::join).toList().forEach(TestNode::await);
    assertThat(TestNode.await(memberships.get(1).registry().publish(offering("six"))).confirmedBy())
        .containsExactlyInAnyOrder(first.id(), second.id());
  }

  private static boolean hasIpv6Loopback() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(IPV6_LOOPBACK))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"actormesh.cluster.protocol-version = 2", "actormesh.cluster.name = other"})
  void aNodeOfAnotherMeshOrProtocolIsRefusedAndBothLogsSayWhy(String differs) {
    TestNode first = node("first");
    FormationMethod seeds = FormationMethod.seeds(List.of(first.address));
    TestNode.join(first.start(seeds));
    TestNode stranger = TestNode.create("stranger", differs);
    nodes.add(stranger);
    String key = differs.substring(0, differs.indexOf(' '));
    try (LogLines pekko = LogLines.of("org.apache.pekko.cluster");
        LogLines ours = LogLines.of("io.actormesh.membership.formation")) {
      assertThat(failureOf(stranger.start(seeds).join()))
          .hasMessageContaining("stopped while it joined")
          .hasMessageContaining("IncompatibleConfiguration");
      String refusing = first.address.toString();
      String refused = stranger.address.toString();
      await().atMost(PATIENCE).until(() -> pekko.says(refusing, "incompatible", refused, key));
      await().atMost(PATIENCE).until(() -> ours.says(refusing, "does not take this node in", key));
    }
  }

  private static JoinFailed failureOf(CompletionStage<?> stage) {
    var failed = new CompletableFuture<Throwable>();
    stage.whenComplete((value, e) -> failed.complete(e));
    Throwable failure = TestNode.await(failed);
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return (JoinFailed) (wrapped && cause != null ? cause : failure);
  }

  private static long up(MembershipView view) {
    return view.members().stream().map(Member::status).filter(s -> s.started()).count();
  }

  private static int entries(Membership membership) {
    return membership.registry().snapshot().entries().size();
  }

  private TestNode node(String name) {
    TestNode node = TestNode.create(name);
    nodes.add(node);
    return node;
  }

  /** A source of contact points that cannot be asked. */
  private record BrokenCatalogue() implements ListedNodes {

    @Override
    public String describe() {
      return "catalogue";
    }

    @Override
    public CompletionStage<List<HostPort>> contactPoints(HostPort self) {
      return CompletableFuture.failedFuture(new IllegalStateException("catalogue is down"));
    }
  }
}
