package io.actormesh.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.cluster.ClusterConfig;
import io.actormesh.membership.cluster.ClusterSettings;
import io.actormesh.membership.cluster.Membership;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.EdgeStats;
import io.actormesh.runtime.telemetry.TelemetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two actor systems that talk over Artery; they need not have joined for that. */
class TelemetryCollectorTest {

  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private final CallMetrics metrics = new CallMetrics(Ticker.system(), TelemetrySettings.DEFAULTS);

  @AfterEach
  void terminate() throws Exception {
    systems.forEach(ActorSystem::terminate);
    for (ActorSystem<Void> system : systems) {
      system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    metrics.close();
  }

  @Test
  void theFiguresOfAnotherNodeArriveWhole() throws Exception {
    for (int i = 0; i < 300; i++) {
      count(metrics.edge("cart", "stock", "reserve", "n" + i + "/0"), i);
    }
    metrics.hosted("cart", 0).started(1000);
    NodeFigures other = NodeFigures.of("n2", metrics, List.of());
    ActorSystem<Void> second = system();
    PeerFigures unused = TelemetryCollector.start(second, () -> other, List::of);
    PeerFigures peers = collector(system(), () -> List.of(peer("n2", second, true)));

    CollectedFigures collected = collect(peers, AMPLE);

    assertThat(collected.missing()).isEmpty();
    assertThat(collected.nodes()).hasSize(2);
    assertThat(collected.nodes().get(0).node()).isEqualTo("n1");
    assertThat(collected.nodes().get(1)).isEqualTo(other);
  }

  @Test
  void aNodeThatDoesNotAnswerIsNamedAndTheOthersAreShown() throws Exception {
    ActorSystem<Void> silent = system();
    PeerFigures peers = collector(system(), () -> List.of(peer("n2", silent, true)));

    CollectedFigures collected = collect(peers, SHORT);

    assertThat(collected.missing()).containsExactly("n2");
    assertThat(collected.nodes()).extracting(NodeFigures::node).containsExactly("n1");
  }

  @Test
  void anUnreachableNodeIsNamedAtOnce() throws Exception {
    List<PeerNode> gone = List.of(new PeerNode("n2", "127.0.0.1:1", false));
    PeerFigures peers = collector(system(), () -> gone);

    CollectedFigures collected = collect(peers, Duration.ofDays(1));

    assertThat(collected.missing()).containsExactly("n2");
  }

  @Test
  void aNodeAloneAnswersForItself() throws Exception {
    CollectedFigures collected = collect(collector(system(), List::of), Duration.ofDays(1));
    assertThat(collected.nodes()).extracting(NodeFigures::node).containsExactly("n1");
    assertThat(collected.missing()).isEmpty();
  }

  @Test
  void aFailureToCountFailsTheQuestionAndNotTheNextOne() throws Exception {
    List<RuntimeException> failures = new ArrayList<>();
    failures.add(new IllegalStateException("out of order"));
    Supplier<List<PeerNode>> failingOnce =
        () -> {
          if (!failures.isEmpty()) {
            throw failures.remove(0);
          }
          return List.of();
        };
    PeerFigures peers = collector(system(), failingOnce);
    assertThatThrownBy(() -> collect(peers, AMPLE)).hasRootCauseMessage("out of order");
    assertThat(collect(peers, AMPLE).nodes()).hasSize(1);
  }

  private static PeerFigures collector(ActorSystem<Void> system, Supplier<List<PeerNode>> peers) {
    NodeFigures own = new NodeFigures("n1", List.of(), List.of(), List.of(), List.of());
    return TelemetryCollector.start(system, () -> own, peers);
  }

  private static CollectedFigures collect(PeerFigures peers, Duration timeout) throws Exception {
    return peers.collect(timeout).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static PeerNode peer(String name, ActorSystem<Void> system, boolean reachable) {
    return new PeerNode(name, Membership.nodeId(system).address(), reachable);
  }

  private static void count(EdgeStats edge, int calls) {
    for (int i = 0; i < calls; i++) {
      edge.begin();
      edge.end(i % 7 == 0 ? FailureCode.DEADLINE : null, 1000L << (i % 30), 10, 20);
    }
  }

  private ActorSystem<Void> system() {
    Config config = ClusterConfig.of(ClusterSettings.forTests()).withFallback(ConfigFactory.load());
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "mesh", config);
    systems.add(system);
    return system;
  }
}
