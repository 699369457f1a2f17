package io.actormesh.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.actormesh.runtime.failure.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallMetricsTest {

  private static final Duration RETENTION = Duration.ofMinutes(5);

  private final ManualTicker ticker = new ManualTicker();
  private final CallMetrics metrics = new CallMetrics(ticker, new TelemetrySettings(3, RETENTION));

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void theSameEdgeIsTheSameObject() {
    assertThat(metrics.edge("cart", "stock", "reserve", "n1/0"))
        .isSameAs(metrics.edge("cart", "stock", "reserve", "n1/0"));
  }

  @Test
  void beyondTheLimitEndpointsShareTheEndpointOtherAndTheFoldingIsCounted() {
    for (int i = 0; i < 3; i++) {
      assertThat(edge(i).id().endpoint()).isEqualTo("n" + i + "/0");
    }
    assertThat(edge(3).id().endpoint()).isEqualTo(CallMetrics.OTHER);
    assertThat(edge(4)).isSameAs(edge(3));
    assertThat(edge(1).id().endpoint()).isEqualTo("n1/0");
    assertThat(metrics.edgesFolded()).isEqualTo(3);
  }

  @Test
  void callersThatNeverEndCannotMakeMoreThanAFixedNumberOfEdges() {
    for (int i = 0; i < 1000; i++) {
      EdgeStats edge = metrics.edge("caller-" + i, "stock", "reserve", "n1/0");
      edge.begin();
      edge.end(null, 1, 0, 0);
    }
    assertThat(metrics.edges()).hasSize(3 + 16 + 1);
    assertThat(metrics.edges().stream().mapToLong(EdgeSnapshot::calls).sum()).isEqualTo(1000);
  }

  @Test
  void anEdgeWhoseEndpointHasVanishedIsForgottenAfterTheRetention() {
    EdgeStats before = edge(1);
    sweepWith("n2/0");
    ticker.advance(RETENTION.minusNanos(1));
    sweepWith("n2/0");
    assertThat(edge(1)).isSameAs(before);
    ticker.advance(Duration.ofNanos(1));
    sweepWith("n2/0");
    assertThat(endpoints()).isEmpty();
    assertThat(edge(1)).isNotSameAs(before);
  }

  @Test
  void anEndpointThatComesBackKeepsItsFigures() {
    EdgeStats before = edge(1);
    sweepWith("n2/0");
    ticker.advance(RETENTION.minusNanos(1));
    sweepWith("n1/0");
    ticker.advance(RETENTION.minusNanos(1));
    sweepWith("n2/0");
    assertThat(edge(1)).isSameAs(before);
  }

  @Test
  void anEdgeWithACallInFlightIsNotForgotten() {
    edge(1).begin();
    for (int minute = 0; minute < 20; minute++) {
      ticker.advance(Duration.ofMinutes(1));
      sweepWith("n2/0");
    }
    assertThat(endpoints()).containsExactly("n1/0");
    edge(1).end(FailureCode.ENDPOINT_LOST, 1, 0, 0);
    for (int minute = 0; minute < 20; minute++) {
      ticker.advance(Duration.ofMinutes(1));
      sweepWith("n2/0");
    }
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void callsWithoutAnEndpointAreNeverForgotten() {
    assertThat(metrics.edge("cart", "stock", "reserve", CallMetrics.NO_ENDPOINT)).isNotNull();
    sweepWith("n2/0");
    ticker.advance(RETENTION.plusDays(1));
    sweepWith("n2/0");
    assertThat(endpoints()).containsExactly(CallMetrics.NO_ENDPOINT);
  }

  @Test
  void whoStillHoldsAForgottenEdgeCountsWithTheOneThatTookItsPlace() {
    EdgeStats held = edge(1);
    sweepWith("n2/0");
    ticker.advance(RETENTION);
    sweepWith("n2/0");
    held.begin();
    held.end(null, 1, 5, 0);
    assertThat(endpoints()).containsExactly("n1/0");
    assertThat(edge(1).snapshot().calls()).isEqualTo(1);
    assertThat(edge(1).snapshot().requestBytes()).isEqualTo(5);
    assertThat(edge(1).inFlight()).isZero();
  }

  @Test
  void instancesAndLinksThatHaveGoneAreForgottenAfterTheRetention() {
    HostStats before = metrics.hosted("stock", 0);
    metrics.link("n2").gone();
    metrics.loads(() -> List.of(new InstanceLoad("stock", 0, 0, 0, 0)));
    metrics.sweep(id -> true);
    ticker.advance(RETENTION);
    metrics.sweep(id -> true);
    assertThat(metrics.hosted("stock", 0)).isSameAs(before);
    assertThat(metrics.links()).isEmpty();
    metrics.loads(List::of);
    metrics.sweep(id -> true);
    ticker.advance(RETENTION);
    metrics.sweep(id -> true);
    assertThat(metrics.instances()).isEmpty();
  }

  @Test
  void anInstanceCountsWhatItDidAndItsHostSaysWhatItDoes() {
    HostStats host = metrics.hosted("stock", 0);
    host.started(1000);
    host.started(2000);
    host.answered(500_000, true);
    host.refused("QUEUE_FULL");
    host.restarted();
    host.secondReply();
    host.lateReply();
    host.abandoned();
    InstanceLoad load = new InstanceLoad("stock", 0, 3, 1, 42);
    metrics.loads(() -> List.of(load));
    HostSnapshot snapshot = metrics.instances().get(0);
    assertThat(snapshot.load()).isEqualTo(load);
    assertThat(snapshot.started()).isEqualTo(2);
    assertThat(snapshot.waitedNanos()).isEqualTo(3000);
    assertThat(snapshot.servedNanos()).isEqualTo(500_000);
    assertThat(snapshot.errors()).isEqualTo(1);
    assertThat(snapshot.refusals()).containsEntry("QUEUE_FULL", 1L);
    assertThat(snapshot.restarts()).isEqualTo(1);
    assertThat(snapshot.drops()).containsOnlyKeys("SECOND_REPLY", "LATE_REPLY", "ABANDONED");
  }

  @Test
  void settingsThatCannotBeAreRefusedWithTheirValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TelemetrySettings(0, RETENTION))
        .withMessage("maxEdges: 0 (expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TelemetrySettings(1, Duration.ofSeconds(-1)))
        .withMessageContaining("retention: PT-1S");
  }

  private EdgeStats edge(int node) {
    return metrics.edge("cart", "stock", "reserve", "n" + node + "/0");
  }

  private void sweepWith(String... present) {
    Set<String> endpoints = Set.copyOf(List.of(present));
    metrics.sweep(id -> endpoints.contains(id.endpoint()));
  }

  private Set<String> endpoints() {
    return metrics.edges().stream().map(edge -> edge.id().endpoint()).collect(Collectors.toSet());
  }
}
