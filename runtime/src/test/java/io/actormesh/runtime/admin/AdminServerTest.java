package io.actormesh.runtime.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.EdgeStats;
import io.actormesh.runtime.telemetry.HostStats;
import io.actormesh.runtime.telemetry.InstanceLoad;
import io.actormesh.runtime.telemetry.TelemetrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {

  private static final HealthWarning LATE = new HealthWarning("front-door", "It is late.");

  private static final ActorTestKit KIT =
      ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local"));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final CallMetrics metrics = new CallMetrics(Ticker.system(), TelemetrySettings.DEFAULTS);
  private final CallMetrics otherMetrics =
      new CallMetrics(Ticker.system(), TelemetrySettings.DEFAULTS);
  private final HealthChecks health = new HealthChecks();
  private AdminServer server;
  private CompletableFuture<CollectedFigures> collected;

  @BeforeEach
  void start() throws Exception {
    count(metrics.edge("cart", "stock", "reserve", "n2/0"), 3, 1);
    count(metrics.edge("n1", "stock", "release", "n2/0"), 2, 0);
    count(metrics.edge("cart", "stock", "reserve", CallMetrics.NO_ENDPOINT), 1, 1);
    count(otherMetrics.edge("cart", "stock", "reserve", "n2/0"), 4, 0);
    HostStats host = otherMetrics.hosted("stock", 0);
    host.started(1000);
    host.answered(500_000, false);
    otherMetrics.loads(() -> List.of(new InstanceLoad("stock", 0, 7, 2, 9_000_000)));
    metrics.link("n2").connected();
    collected =
        CompletableFuture.completedFuture(
            new CollectedFigures(
                List.of(
                    NodeFigures.of("n1", metrics, List.of()),
                    NodeFigures.of("n2", otherMetrics, List.of(LATE))),
                List.of("n3")));
    AdminServer.Sources sources =
        new AdminServer.Sources("n1", health, metrics, new FakeMesh(), timeout -> collected);
    server =
        AdminServer.start(KIT.system(), "127.0.0.1", 0, sources)
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop(Duration.ofSeconds(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    metrics.close();
    otherMetrics.close();
  }

  @AfterAll
  static void terminate() {
    KIT.shutdownTestKit();
  }

  @Test
  void itIsAliveAsSoonAsItServes() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void itIsReadyUntilACheckSaysWhyNot() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    health.add("joined", Optional::empty);
    health.add("draining", () -> Optional.of("The node is leaving the mesh."));
    HttpResponse<String> response = get("/health/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    JsonNode reasons = JSON.readTree(response.body()).get("reasons");
    assertThat(reasons).hasSize(1);
    assertThat(reasons.get(0).get("check").asText()).isEqualTo("draining");
    assertThat(reasons.get(0).get("reason").asText()).isEqualTo("The node is leaving the mesh.");
  }

  @Test
  void aWarningLeavesItReadyAndIsShownOnEveryNode() throws Exception {
    health.warn("front-door", () -> List.of("It is early."));
    HttpResponse<String> response = get("/health/ready");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.get("reasons")).isEmpty();
    assertThat(body.at("/warnings/0/check").asText()).isEqualTo("front-door");
    assertThat(body.at("/warnings/0/reason").asText()).isEqualTo("It is early.");
    String own = get("/mesh/v1/nodes?scope=local").body();
    assertThat(own).contains("It is early.");
    assertThat(get("/mesh/v1/nodes").body()).contains(LATE.reason());
  }

  @Test
  void aCheckThatThrowsFails() throws Exception {
    health.add(
        "database",
        () -> {
          throw new IllegalStateException("no connection");
        });
    HttpResponse<String> response = get("/health/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("no connection");
  }

  @Test
  void aCheckThatHangsFailsAfterASecondAndIsNotRunTwice() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    health.add(
        "database",
        () -> {
          runs.incrementAndGet();
          awaitQuietly(released);
          return Optional.empty();
        });
    try {
      assertThat(get("/health/ready").body()).contains("has not answered within 1 s");
      assertThat(get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(runs).hasValue(1);
    } finally {
      released.countDown();
    }
  }

  @Test
  void metricsAreInPrometheusText() throws Exception {
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(response.body()).contains("# TYPE mesh_calls_total counter");
  }

  @Test
  void metricsAreInOpenMetricsForWhoAsksForIt() throws Exception {
    HttpRequest request =
        request("/metrics").header("Accept", "application/openmetrics-text; version=1.0.0").build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString(UTF_8));
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
    assertThat(response.body()).endsWith("# EOF\n");
  }

  @Test
  void nodesAreListedWithTheirLinksAndWhoDidNotAnswer() throws Exception {
    JsonNode page = json("/mesh/v1/nodes");
    assertThat(page.at("/nodes/0/name").asText()).isEqualTo("n1");
    assertThat(page.at("/nodes/0/labels/k").asText()).isEqualTo("v");
    assertThat(page.at("/nodes/0/links/0/peer").asText()).isEqualTo("n2");
    assertThat(page.at("/nodes/1/links")).isEmpty();
    assertThat(page.at("/missing/0").asText()).isEqualTo("n3");
    assertThat(page.at("/scope").asText()).isEqualTo("mesh");
  }

  @Test
  void ofANodeThatDidNotAnswerTheLinksAreNotKnown() throws Exception {
    assertThat(json("/mesh/v1/nodes?scope=local").at("/nodes/1/links").isNull()).isTrue();
  }

  @Test
  void servicesAreListed() throws Exception {
    JsonNode page = json("/mesh/v1/services");
    assertThat(page.at("/services/1/name").asText()).isEqualTo("stock");
    assertThat(page.at("/services/1/ready").asInt()).isEqualTo(1);
  }

  @Test
  void aServiceIsShownWithTheFiguresOfAllCallersAndOfItsHost() throws Exception {
    JsonNode page = json("/mesh/v1/services/stock");
    assertThat(page.at("/calls/calls").asInt()).isEqualTo(3 + 2 + 1 + 4);
    assertThat(page.at("/operations/release/calls").asInt()).isEqualTo(2);
    assertThat(page.at("/endpoints/0/endpoint").asText()).isEqualTo("n2/0");
    assertThat(page.at("/endpoints/0/calls/calls").asInt()).isEqualTo(3 + 2 + 4);
    assertThat(page.at("/endpoints/0/calls/failures/MESH-DEADLINE").asInt()).isEqualTo(1);
    assertThat(page.at("/endpoints/0/calls/p50Micros").asDouble()).isBetween(875.0, 1125.0);
    assertThat(page.at("/endpoints/0/hosted/queued").asInt()).isEqualTo(7);
    assertThat(page.at("/endpoints/0/hosted/queueAgeMicros").asInt()).isEqualTo(9000);
    assertThat(page.at("/missing/0").asText()).isEqualTo("n3");
  }

  @Test
  void locallyAServiceHasThisNodesFiguresAlone() throws Exception {
    JsonNode page = json("/mesh/v1/services/stock?scope=local");
    assertThat(page.at("/scope").asText()).isEqualTo("local");
    assertThat(page.at("/endpoints/0/calls/calls").asInt()).isEqualTo(3 + 2);
    assertThat(page.at("/endpoints/0/hosted").isNull()).isTrue();
    assertThat(page.at("/missing")).isEmpty();
  }

  @Test
  void theFiguresOfAServiceThatNobodyCallsAreZeroAndItsPercentilesNull() throws Exception {
    JsonNode page = json("/mesh/v1/services/cart");
    assertThat(page.at("/calls/calls").asInt()).isZero();
    assertThat(page.at("/calls/p99Micros").isNull()).isTrue();
    assertThat(page.at("/endpoints/0/excluded").asText()).isEqualTo("It is draining.");
  }

  @Test
  void theGraphsEdgesLeadFromCallersToInstancesAndAllTheirEndsAreVertices() throws Exception {
    JsonNode page = json("/mesh/v1/graph");
    List<String> ids = page.get("vertices").findValuesAsText("id");
    assertThat(ids)
        .contains("node:n1", "node:n2", "service:cart", "service:stock", "instance:stock@n2/0");
    assertThat(page.get("edges").findValuesAsText("from")).allMatch(ids::contains);
    assertThat(page.get("edges").findValuesAsText("to")).allMatch(ids::contains);
    assertThat(edges(page))
        .containsExactlyInAnyOrder(
            "n1: service:cart -> instance:stock@n2/0 3",
            "n1: node:n1 -> instance:stock@n2/0 2",
            "n1: service:cart -> service:stock 1",
            "n2: service:cart -> instance:stock@n2/0 4");
  }

  @Test
  void aPolicyIsShown() throws Exception {
    assertThat(json("/mesh/v1/policies/stock").at("/values/codec").asText()).isEqualTo("cbor");
  }

  @Test
  void whatIsUnknownIsAProblemDocument() throws Exception {
    assertProblem(get("/mesh/v1/services/nowhere"), 404, "MESH-UNKNOWN-SERVICE", "'nowhere'");
    assertProblem(get("/mesh/v1/services/a%2Fb"), 404, "MESH-UNKNOWN-SERVICE", "'a/b'");
    assertProblem(get("/mesh/v1/policies/nowhere"), 404, "MESH-UNKNOWN-SERVICE", "'nowhere'");
    assertProblem(get("/mesh/v1/nothing"), 404, "MESH-NOT-FOUND", "/mesh/v1/graph");
    assertProblem(get("/nothing"), 404, "MESH-NOT-FOUND", "/metrics");
    assertProblem(get("/mesh/v1/graph?scope=world"), 400, "MESH-BAD-REQUEST", "'world'");
  }

  @Test
  void onlyGetIsTaken() throws Exception {
    HttpRequest post =
        request("/mesh/v1/nodes").POST(BodyPublishers.ofString("x".repeat(100_000))).build();
    HttpResponse<String> response = client.send(post, BodyHandlers.ofString(UTF_8));
    assertProblem(response, 405, "MESH-METHOD-NOT-ALLOWED", "GET");
    assertThat(response.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void toABodyWithoutEndTheAnswerIsTheConnectionsLast() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /mesh/v1/nodes HTTP/1.1\r\nHost: n1\r\nContent-Length: 2000000\r\n\r\nbegin";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Connection: close");
    }
  }

  @Test
  void aFailureInsideIsAProblemDocumentAndNotAHangingConnection() throws Exception {
    collected = CompletableFuture.failedFuture(new IllegalStateException("out of order"));
    assertProblem(get("/mesh/v1/graph"), 500, "MESH-INTERNAL", "log");
  }

  private static List<String> edges(JsonNode page) {
    return page.get("edges").findParents("to").stream()
        .map(
            edge ->
                edge.get("node").asText()
                    + ": "
                    + edge.get("from").asText()
                    + " -> "
                    + edge.get("to").asText()
                    + " "
                    + edge.at("/calls/calls").asText())
        .toList();
  }

  private static void assertProblem(
      HttpResponse<String> response, int status, String code, String detail) throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("detail").asText()).contains(detail);
  }

  private static void count(EdgeStats edge, int calls, int failing) {
    for (int i = 0; i < calls; i++) {
      edge.begin();
      edge.end(i < failing ? FailureCode.DEADLINE : null, 1_000_000, 10, 20);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      boolean unused = latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString(UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }
}
