package io.actormesh.testkit;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.runtime.node.Placement;
import io.actormesh.runtime.node.StartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service with one instance in the mesh. Nodes 0 to 2 may run it; node 3 only calls. */
@MeshTest(
    nodes = 4,
    config =
        """
        actormesh {
          services.till { deadline = 20 s, throttle.moving-calls = 8 }
        }
        """)
class SinglePlacementTest {

  private static final int CALLER = 3;

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place != CALLER) {
      node.host(Till.CONTRACT, Placement.single(), () -> Till.create(place));
    }
  }

  @BeforeEach
  void itRuns(MeshCluster mesh) {
    mesh.awaitVisible("till", 1);
  }

  private static ServiceClient<Till.Command> caller(MeshCluster mesh) {
    return mesh.node(CALLER).client(Till.CONTRACT);
  }

  private static CompletionStage<Till.Total> pay(ServiceClient<Till.Command> client) {
    return client.ask(replyTo -> new Till.Pay(1, replyTo));
  }

  private static Till.Total paid(MeshCluster mesh) throws Exception {
    return pay(caller(mesh)).toCompletableFuture().get(25, SECONDS);
  }

  @Test
  void everyCallReachesTheOneInstanceFromWhereverItIsMade(MeshCluster mesh) throws Exception {
    int incarnation = paid(mesh).incarnation();
    List<Till.Total> totals = new ArrayList<>();
    for (MeshNode node : mesh.nodes()) {
      totals.add(pay(node.client(Till.CONTRACT)).toCompletableFuture().get(25, SECONDS));
    }

    assertThat(totals).extracting(Till.Total::incarnation).containsOnly(incarnation);
    assertThat(totals).extracting(Till.Total::sum).isSorted().doesNotHaveDuplicates();
    assertThat(mesh.node(CALLER).services().lookup("till")).hasSize(1);
  }

  @Test
  void aPlannedLeaveMovesItWithoutLosingACallOrRunningItTwice(MeshCluster mesh) throws Exception {
    Till.Total before = paid(mesh);
    AtomicBoolean enough = new AtomicBoolean();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    Queue<Till.Total> totals = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> loops = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      loops.add(load(caller(mesh), totals, failures, enough));
    }

    mesh.drain(mesh.node(before.place()));

    await()
        .atMost(20, SECONDS)
        .until(() -> totals.stream().anyMatch(one -> one.incarnation() != before.incarnation()));
    enough.set(true);
    CompletableFuture.allOf(loops.toArray(CompletableFuture[]::new)).get(25, SECONDS);
    assertThat(failures).isEmpty();
    assertThat(totals).extracting(Till.Total::place).contains(before.place()).hasSizeGreaterThan(1);
    Till.assertNeverTwo();
  }

  private static CompletableFuture<Void> load(
      ServiceClient<Till.Command> client,
      Queue<Till.Total> totals,
      Queue<Throwable> failures,
      AtomicBoolean enough) {
    return pay(client)
        .handle(
            (total, failure) -> {
              boolean failed = failure != null ? failures.add(failure) : !totals.add(total);
              return failed || enough.get()
                  ? CompletableFuture.<Void>completedFuture(null)
                  : load(client, totals, failures, enough);
            })
        .thenCompose(next -> next)
        .toCompletableFuture();
  }

  @Test
  void callsWaitWithinBoundsUntilAnotherNodeHasTakenOverFromOneThatCrashed(MeshCluster mesh)
      throws Exception {
    Till.Total before = paid(mesh);
    mesh.kill(mesh.node(before.place()));
    Till.crashed(before.incarnation());
    await().atMost(10, SECONDS).until(() -> !reachable(mesh));

    List<CompletableFuture<Till.Total>> waiting = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      waiting.add(pay(caller(mesh)).toCompletableFuture());
    }
    MeshFailure late = failure(pay(caller(mesh).withDeadline(Duration.ofMillis(100))));
    waiting.add(pay(caller(mesh)).toCompletableFuture());
    MeshFailure tooMany = failure(pay(caller(mesh)));

    assertThat(late.code()).isEqualTo(FailureCode.MOVING);
    assertThat(tooMany.code()).isEqualTo(FailureCode.MOVING_LIMIT);
    assertThat(List.of(late, tooMany)).allMatch(one -> one.started() == Started.NO);
    for (CompletableFuture<Till.Total> one : waiting) {
      assertThat(one.get(25, SECONDS).incarnation()).isNotEqualTo(before.incarnation());
    }
    Till.assertNeverTwo();
  }

  private static boolean reachable(MeshCluster mesh) {
    return mesh.node(CALLER).services().lookup("till").stream()
        .anyMatch(endpoint -> endpoint.selectable());
  }

  private static MeshFailure failure(CompletionStage<?> call) throws Exception {
    try {
      Object reply = call.toCompletableFuture().get(25, SECONDS);
      throw new AssertionError("replied " + reply);
    } catch (ExecutionException failed) {
      return (MeshFailure) requireNonNull(failed.getCause());
    }
  }

  @Test
  void itIsPlacedInTheSameWayOnAllNodesAndMovesByDrainingAlone(MeshCluster mesh) {
    MeshNode ordinary = mesh.node(CALLER);
    assertThatThrownBy(
            () ->
                ordinary
                    .host(Till.CONTRACT, () -> Till.create(CALLER))
                    .toCompletableFuture()
                    .get(25, SECONDS))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("placed in another way");
    assertThatThrownBy(() -> mesh.node(0).host(Till.CONTRACT, () -> Till.create(0)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("already");
    assertThatThrownBy(() -> mesh.node(0).withdraw("till").toCompletableFuture().get(25, SECONDS))
        .hasStackTraceContaining("placed singly");
  }

  @Test
  void aNodeThatHasLostTheMajorityStopsItBeforeTheOthersMayStartAnother() {
    try (MeshCluster mesh =
        MeshCluster.builder()
            .nodes(3)
            .config(
                """
                actormesh.cluster {
                  failure-detector { heartbeat-interval = 200 ms, acceptable-pause = 1 s }
                  split-brain.stable-after = 30 s
                }
                """)
            .each((node, place) -> node.host(Post.CONTRACT, Placement.single(), Post::create))
            .start()) {
      mesh.awaitVisible("post", 1);
      MeshNode guard = guard(mesh);

      // Not as the kit kills: that would tell the survivor.
      mesh.nodes().stream().filter(node -> node != guard).toList().forEach(MeshNode::kill);

      await().atMost(20, SECONDS).until(() -> Post.MANNED.get() == 0);
      await().atMost(20, SECONDS).until(() -> guard.services().lookup("post").isEmpty());
      assertThat(guard.whenTerminated().toCompletableFuture()).isNotDone();
    }
  }

  private static MeshNode guard(MeshCluster mesh) {
    String name = mesh.node(0).services().lookup("post").get(0).endpoint();
    return mesh.nodes().stream()
        .filter(node -> name.startsWith(node.name() + "/"))
        .findFirst()
        .orElseThrow();
  }
}
