package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.actormesh.runtime.config.ConfigurationException;
import io.actormesh.runtime.node.MeshNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exposed services as callers find them who know Consul, and nothing of the mesh. */
class ConsulPublicationTest {

  private static final String SETTINGS =
      """
      cluster.name = shop
      node { zone = west, version = "1.4.2", labels { "example.org/tier" = web } }
      consul { publish = on, tags = [blue] }
      """;

  private static final String IN_FLIGHT =
      "(?s).*\nmesh_ingress_requests_in_flight(\\{[^}]*})? [1-9].*";

  @TempDir Path folder;

  @Test
  void aServiceIsFoundCalledDrainedAndGoneBeforeItsNode() throws Exception {
    try (ConsulAgent agent = ConsulAgent.start(folder)) {
      nodesAndServicesHaveNamesOfTheirOwn(agent);
      MeshNode node = ConsulNodes.describe("door", agent, SETTINGS).start();
      try {
        isFoundAndCalled(agent, node);
        isOutOfRotationWhileNobodyServesIt(agent, node);
        comesBackWhenTheAgentHasLostIt(agent);
        isDrainedAndGoneBeforeItsNode(agent, node);
      } finally {
        node.kill().toCompletableFuture().orTimeout(30, SECONDS).join();
      }
    }
  }

  private static void nodesAndServicesHaveNamesOfTheirOwn(ConsulAgent agent) {
    String settings = "consul.publish = on, discovery { method = consul, name = probe }";
    assertThatThrownBy(() -> ConsulNodes.describe("both", agent, settings).start())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'probe' is also a service that this node publishes");
  }

  private static void isFoundAndCalled(ConsulAgent agent, MeshNode node) throws Exception {
    soon().until(() -> agent.passing("probe").size() == 1);
    JsonNode service = agent.passing("probe").get(0).path("Service");
    assertThat(service.path("Address").asText()).isEqualTo("127.0.0.1");
    assertThat(service.path("Port").asInt()).isEqualTo(node.httpPort().orElseThrow());
    assertThat(service.path("Tags").get(0).asText()).isEqualTo("blue");
    JsonNode meta = service.path("Meta");
    assertThat(meta.path("version").asText()).isEqualTo("1.4.2");
    assertThat(meta.path("zone").asText()).isEqualTo("west");
    assertThat(meta.path("example_org_tier").asText()).isEqualTo("web");
    assertThat(meta.path("scheme").asText()).isEqualTo("http");

    List<Integer> ports = DnsQuery.ports(agent.dnsPort(), "blue.probe.service.consul");
    assertThat(ports).hasSize(1);

    String door = "http://127.0.0.1:" + ports.get(0);
    Http.Answer answer = Http.post(URI.create(door + "/probe/look"), "{\"millis\":0}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("door");
  }

  private static void isOutOfRotationWhileNobodyServesIt(ConsulAgent agent, MeshNode node)
      throws Exception {
    node.withdraw("probe").toCompletableFuture().orTimeout(30, SECONDS).join();

    soon().until(() -> agent.passing("probe").isEmpty());
    assertThat(agent.all("probe").toString()).contains("No instance of probe takes calls.");
    assertThat(agent.passing("relay")).hasSize(1);

    node.host(Probe.CONTRACT, () -> Probe.create("door"))
        .toCompletableFuture()
        .orTimeout(30, SECONDS)
        .join();
    soon().until(() -> agent.passing("probe").size() == 1);
  }

  private static void comesBackWhenTheAgentHasLostIt(ConsulAgent agent) throws Exception {
    agent.kill();
    agent.start();
    soon().until(() -> agent.passing("probe").size() == 1 && agent.passing("relay").size() == 1);
  }

  private static void isDrainedAndGoneBeforeItsNode(ConsulAgent agent, MeshNode node)
      throws Exception {
    CompletableFuture<List<JsonNode>> asItLeaves = new CompletableFuture<>();
    CoordinatedShutdown.get(node.system())
        .addTask(CoordinatedShutdown.PhaseClusterLeave(), "look", () -> look(agent, asItLeaves));
    URI door = URI.create("http://127.0.0.1:" + node.httpPort().orElseThrow() + "/probe/work");
    CompletableFuture<Http.Answer> running =
        CompletableFuture.supplyAsync(() -> posted(door, "{\"millis\":2000}"));
    soon().until(() -> ConsulNodes.metrics(node).matches(IN_FLIGHT));

    CompletionStage<Done> left = node.drain();

    soon().until(() -> agent.passing("probe").isEmpty());
    assertThat(running).isNotDone();
    assertThat(agent.all("probe").toString()).contains("_service_maintenance", "The node drains.");
    assertThat(running.orTimeout(30, SECONDS).join().status()).isEqualTo(200);
    left.toCompletableFuture().orTimeout(30, SECONDS).join();
    assertThat(asItLeaves.orTimeout(30, SECONDS).join()).isEmpty();
    assertThat(agent.all("relay")).isEmpty();
  }

  private static CompletionStage<Done> look(
      ConsulAgent agent, CompletableFuture<List<JsonNode>> seen) {
    try {
      seen.complete(agent.all("probe"));
    } catch (Exception e) {
      seen.completeExceptionally(e);
    }
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  private static Http.Answer posted(URI uri, String body) {
    try {
      return Http.post(uri, body);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
  }
}
