package io.actormesh.runtime.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The access log of a guarded front door that calls a service on another node. */
class AccessLoggedMeshTest {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final CountDownLatch GATE = new CountDownLatch(1);
  private static final AtomicInteger REQUESTS = new AtomicInteger();
  private static final String SETTINGS =
      """
      actormesh.ingress {
        max-body = 1 KiB, body-timeout = 500 ms, max-in-flight = 1
        trusted-proxies = ["127.0.0.1"]
        auth { required = off, api-keys.keys { billing.sha256 = BILLING, ci.sha256 = CI } }
        access.rules = [
          { allow = ["identity:billing"], routes = ["errand/refuse"] }
          { deny = [anyone], routes = ["errand/refuse"] }
        ]
        access-log { enabled = on, logger = off, file = "FILE" }
      }
      """;

  @TempDir static Path folder;

  private static MeshNode door;
  private static MeshNode back;
  private static AccessLines lines;

  private final String id = "request-" + REQUESTS.incrementAndGet();

  @BeforeAll
  static void start() throws Exception {
    lines = new AccessLines(folder.resolve("access.log"));
    Config config =
        ConfigFactory.parseString(
                SETTINGS
                    .replace("BILLING", hash("billing-key"))
                    .replace("CI", hash("ci-key"))
                    .replace("FILE", lines.file().toString()))
            .withFallback(ConfigFactory.load());
    door = node(config, "door", "none", "").start();
    back = node(config, "back", "all", "127.0.0.1:" + door.clusterPort()).start();
    await().until(() -> door.services().lookup("errand").size() == 1);
  }

  private static String hash(String key) throws Exception {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static MeshNodeBuilder node(Config config, String name, String services, String seeds) {
    Map<String, String> environment =
        new HashMap<>(Map.of("MESH_NODE", name, "MESH_PORT", "0", "MESH_ADMIN_PORT", "0"));
    environment.put("MESH_HTTP_PORT", name.equals("door") ? "0" : "");
    environment.put("MESH_SERVICES", services);
    environment.put("MESH_SEEDS", seeds);
    return MeshNode.builder()
        .config(config)
        .environment(environment)
        .host(Greeter.CONTRACT, Greeter::create)
        .hostWith(
            Errand.CONTRACT, clients -> Errand.create(name, GATE, clients, OpenTelemetry.noop()))
        .expose(Errand.CONTRACT);
  }

  @AfterAll
  static void end() throws Exception {
    GATE.countDown();
    for (MeshNode node : List.of(door, back)) {
      node.kill().toCompletableFuture().get(30, SECONDS);
    }
  }

  @Test
  void aLineSaysWhoAskedWhoAnsweredAndWhereTheTimeWent() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    HttpResponse<String> answer =
        send(
            post("/errand/run", "{}")
                .header("X-API-Key", "billing-key")
                .header("X-Forwarded-For", "198.51.100.1, 203.0.113.7")
                .header("User-Agent", "till/7")
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01"));
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode line = lines.of(id);
    texts(line, "outcome", "OK", "caller", "billing", "client", "203.0.113.7");
    texts(line, "trace_id", trace, "user_agent", "till/7", "protocol", "HTTP/1.1");
    texts(line, "method", "POST", "path", "/errand/run");
    texts(line, "route", "POST /errand/run", "service", "errand", "operation", "run");
    texts(line, "endpoint", "back/0", "priority", "normal");
    assertThat(line.get("attempts").asInt()).isEqualTo(1);
    assertThat(line.get("bytes_in").asInt()).isEqualTo(2);
    assertThat(line.get("bytes_out").asInt()).isEqualTo(answer.body().length());
    assertThat(line.has("causes")).isFalse();
    timesAddUp(line);
    assertThat(line.toString()).doesNotContain("billing-key");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /errand/note,   '{\"text\":\"x\"}', 202, OK",
    "POST, /errand/trip,   '{}',               500, MESH-SERVICE-FAILED",
    "POST, /nowhere,       '{}',               404, MESH-NOT-FOUND",
    "GET,  /errand/run,    '',                 405, MESH-METHOD-NOT-ALLOWED",
    "POST, /errand/note,   'no json',          400, MESH-BAD-REQUEST",
    "POST, /errand/refuse, '{}',               401, MESH-UNAUTHENTICATED"
  })
  void everyOutcomeHasItsLine(String method, String path, String body, int status, String outcome)
      throws Exception {
    int answered = send(request(path).method(method, BodyPublishers.ofString(body))).statusCode();
    refused(answered, status, outcome);
  }

  @Test
  void aBodyThatIsTooLargeIsTold() throws Exception {
    refused(send(post("/errand/note", "x".repeat(1025))).statusCode(), 413, "MESH-BODY-TOO-LARGE");
  }

  @Test
  void aBodyOfAnotherTypeIsTold() throws Exception {
    HttpRequest.Builder plain =
        request("/errand/note")
            .setHeader("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("x"));
    refused(send(plain).statusCode(), 415, "MESH-MEDIA-TYPE");
  }

  @Test
  void credentialsThatNobodyHoldsAreTold() throws Exception {
    int status = send(post("/errand/run", "{}").header("X-API-Key", "guess")).statusCode();
    assertThat(refused(status, 401, "MESH-BAD-CREDENTIALS").has("caller")).isFalse();
  }

  @Test
  void aCallerWhoMayNotIsNamed() throws Exception {
    int status = send(post("/errand/refuse", "{}").header("X-API-Key", "ci-key")).statusCode();
    texts(refused(status, 403, "MESH-FORBIDDEN"), "caller", "ci", "operation", "refuse");
  }

  @Test
  void aServicesOwnErrorIsToldWithItsTimes() throws Exception {
    int status = send(post("/errand/refuse", "{}").header("X-API-Key", "billing-key")).statusCode();
    JsonNode line = refused(status, 422, "MESH-REJECTED");
    texts(line, "endpoint", "back/0", "detail", "not today", "started", "yes");
    timesAddUp(line);
  }

  @Test
  void aDeadlineIsToldWithWhatItTook() throws Exception {
    int status = send(post("/errand/ponder", "{}").header("Mesh-Deadline", "150ms")).statusCode();
    JsonNode line = refused(status, 504, "MESH-DEADLINE");
    texts(line, "endpoint", "back/0", "service", "errand", "operation", "ponder");
    assertThat(line.get("total_ms").asDouble()).isGreaterThanOrEqualTo(150);
  }

  @Test
  void aBodyThatStopsHalfWayIsTold() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), door.httpPort().orElseThrow())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /errand/note HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + ("X-Request-Id: " + id + "\r\n")
              + "Content-Length: 14\r\n\r\n{\"te";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(answer).isEqualTo("HTTP/1.1 408");
      refused(408, 408, "MESH-BODY-TIMEOUT");
    }
  }

  @Test
  void whatTheLimitRefusesIsToldAndWhatItLetInHasItsTimes() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        CLIENT.sendAsync(post("/errand/wait", "{}").build(), BodyHandlers.ofString());
    String second = id + "-refused-";
    AtomicInteger tries = new AtomicInteger();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> status(second + tries.incrementAndGet()) == 503);
    JsonNode refused = lines.of(second + tries.get());
    texts(refused, "outcome", "MESH-INGRESS-LIMIT", "client", "127.0.0.1");
    assertThat(refused.has("route")).isFalse();
    GATE.countDown();
    assertThat(first.get(20, SECONDS).statusCode()).isEqualTo(200);
    JsonNode line = lines.of(id);
    timesAddUp(line);
    assertThat(line.get("served_ms").asDouble()).isPositive();
  }

  private int status(String requestId) throws IOException, InterruptedException {
    HttpRequest.Builder request = post("/errand/run", "{}").setHeader("X-Request-Id", requestId);
    return CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private JsonNode refused(int answered, int status, String outcome) {
    JsonNode line = lines.of(id);
    assertThat(answered).as(line.toString()).isEqualTo(status);
    assertThat(line.get("status").asInt()).isEqualTo(status);
    texts(line, "outcome", outcome, "client", "127.0.0.1");
    assertThat(line.get("total_ms").asDouble()).isPositive();
    return line;
  }

  /** What was measured elsewhere is within what was measured here. */
  private static void timesAddUp(JsonNode line) {
    double queued = line.get("queued_ms").asDouble();
    double served = line.get("served_ms").asDouble();
    assertThat(queued).isNotNegative();
    assertThat(served).isNotNegative();
    assertThat(line.get("total_ms").asDouble()).isGreaterThanOrEqualTo(queued + served);
  }

  private static void texts(JsonNode line, String... fieldsAndValues) {
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      String field = fieldsAndValues[i];
      assertThat(line.path(field).asText()).as(field).isEqualTo(fieldsAndValues[i + 1]);
    }
  }

  private HttpRequest.Builder post(String path, String json) {
    return request(path).POST(BodyPublishers.ofString(json));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + door.httpPort().orElseThrow() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .header("X-Request-Id", id);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
