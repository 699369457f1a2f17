package io.actormesh.runtime.node;

import static io.actormesh.runtime.tracing.SpanAttributes.ELEMENTS_IN;
import static io.actormesh.runtime.tracing.SpanAttributes.ELEMENTS_OUT;
import static io.actormesh.runtime.tracing.SpanAttributes.ERROR_TYPE;
import static io.actormesh.runtime.tracing.SpanAttributes.STREAM_END;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.client.MeshFuture;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What access log and spans tell of streams; through a front door to a service on another node. */
class ObservedStreamsTest {

  private static final KeptSpans SPANS = new KeptSpans();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final AtomicInteger TRACES = new AtomicInteger();
  private static final String NDJSON = "application/x-ndjson";

  @TempDir static Path folder;

  private static MeshNode door;
  private static MeshNode back;
  private static AccessLines lines;

  private final String trace = String.format("%032x", 0xdef0000L + TRACES.incrementAndGet());

  @BeforeAll
  static void start() {
    lines = new AccessLines(folder.resolve("access.log"));
    door = node("door", "none", "").start();
    back = node("back", "all", "127.0.0.1:" + door.clusterPort()).start();
    await().until(() -> door.services().lookup("brook").size() == 1);
  }

  private static MeshNodeBuilder node(String name, String services, String seeds) {
    Map<String, String> environment =
        new HashMap<>(Map.of("MESH_NODE", name, "MESH_PORT", "0", "MESH_ADMIN_PORT", "0"));
    environment.put("MESH_HTTP_PORT", name.equals("door") ? "0" : "");
    environment.put("MESH_SERVICES", services);
    environment.put("MESH_SEEDS", seeds);
    return MeshNode.builder()
        .config(
            ConfigFactory.parseMap(
                    Map.of(
                        "actormesh.ingress.access-log.enabled", "on",
                        "actormesh.ingress.access-log.logger", "off",
                        "actormesh.ingress.access-log.file", lines.file().toString()))
                .withFallback(ConfigFactory.load()))
        .environment(environment)
        .openTelemetry(SPANS)
        .host(Brook.CONTRACT, Brook::create)
        .expose(Brook.CONTRACT, Brook.ROUTES);
  }

  @AfterAll
  static void end() throws Exception {
    for (MeshNode node : List.of(door, back)) {
      node.kill().toCompletableFuture().get(30, SECONDS);
    }
  }

  @Test
  void aStreamThatComesToItsEndIsOneLineAndFourSpans() throws Exception {
    byte[] body = get("three", NDJSON).readAllBytes();
    JsonNode line = lines.of(trace);
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("outcome").asText()).isEqualTo("OK");
    assertThat(line.get("stream").asText()).isEqualTo("completed");
    assertThat(line.get("elements_out").asInt()).isEqualTo(3);
    assertThat(line.get("elements_in").asInt()).isZero();
    assertThat(line.get("bytes_out").asInt()).isEqualTo(body.length);
    assertThat(line.get("endpoint").asText()).isEqualTo("back/0");
    SpanData request = span("GET /brook/{how}");
    SpanData call = span("call brook/watch");
    assertThat(request.getAttributes().get(STREAM_END)).isEqualTo("completed");
    assertThat(request.getAttributes().get(ELEMENTS_OUT)).isEqualTo(3);
    assertThat(request.getEndEpochNanos()).isGreaterThanOrEqualTo(call.getEndEpochNanos());
    assertThat(span("brook/watch").getParentSpanId()).isEqualTo(call.getSpanId());
    assertThat(span("serve brook/watch").getParentSpanId())
        .isEqualTo(span("brook/watch").getSpanId());
    assertThat(SPANS.of(trace))
        .hasSize(4)
        .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.UNSET);
  }

  @Test
  void eventsAreWrittenLikeAnyStream() throws Exception {
    byte[] body = get("three", "text/event-stream").readAllBytes();
    JsonNode line = lines.of(trace);
    assertThat(line.get("stream").asText()).isEqualTo("completed");
    assertThat(line.get("elements_out").asInt()).isEqualTo(3);
    assertThat(line.get("bytes_out").asInt()).isEqualTo(body.length);
  }

  @Test
  void aWebSocketToAnotherNodeIsOneLineAndFourSpans() throws Exception {
    assertThat(webSocket("/brook/three")).hasSize(3).last().asString().contains("3");
    JsonNode line = lines.of(trace);
    assertThat(line.get("status").asInt()).isEqualTo(101);
    assertThat(line.get("outcome").asText()).isEqualTo("OK");
    assertThat(line.get("stream").asText()).isEqualTo("completed");
    assertThat(line.get("elements_out").asInt()).isEqualTo(3);
    assertThat(line.get("endpoint").asText()).isEqualTo("back/0");
    SpanData request = span("GET /brook/{how}");
    assertThat(request.getAttributes().get(STREAM_END)).isEqualTo("completed");
    assertThat(request.getAttributes().get(ELEMENTS_OUT)).isEqualTo(3);
    assertThat(span("call brook/watch").getParentSpanId()).isEqualTo(request.getSpanId());
    assertThat(span("serve brook/watch").getParentSpanId())
        .isEqualTo(span("brook/watch").getSpanId());
    assertThat(SPANS.of(trace)).hasSize(4);
  }

  @Test
  void aWebSocketThatSendsHasItsCallInTheSameTrace() throws Exception {
    assertThat(webSocket("/sum", "{\"number\":1}", "{\"number\":2}", ""))
        .singleElement()
        .asString()
        .contains("3");
    JsonNode line = lines.of(trace);
    assertThat(line.get("status").asInt()).isEqualTo(101);
    assertThat(line.get("stream").asText()).isEqualTo("completed");
    assertThat(line.get("elements_in").asInt()).isEqualTo(2);
    assertThat(span("POST /sum").getAttributes().get(ELEMENTS_IN)).isEqualTo(2);
    assertThat(span("serve brook/sum").getParentSpanId()).isEqualTo(span("brook/sum").getSpanId());
    assertThat(SPANS.of(trace)).hasSize(4);
  }

  /** What a WebSocket says until it closes. */
  private List<String> webSocket(String path, String... messages) throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.add(data.toString());
            socket.request(1);
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public void onError(WebSocket socket, Throwable failure) {
            closed.completeExceptionally(failure);
          }
        };
    WebSocket socket =
        CLIENT
            .newWebSocketBuilder()
            .header("X-Request-Id", trace)
            .header("traceparent", "00-" + trace + "-00000000000000aa-01")
            .buildAsync(
                URI.create("ws://127.0.0.1:" + door.httpPort().orElseThrow() + path), listener)
            .get(20, SECONDS);
    for (String message : messages) {
      socket.sendText(message, true).get(20, SECONDS);
    }
    assertThat(closed.get(20, SECONDS)).isEqualTo(1000);
    return List.copyOf(heard);
  }

  @Test
  void theCallIsOverAtTheReplyAndTheRequestWhenTheClientGoes() throws Exception {
    try (InputStream body = get("endless", NDJSON)) {
      read(body, 2);
      for (String name : List.of("call brook/watch", "brook/watch", "serve brook/watch")) {
        assertThat(span(name).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
      }
      assertThat(SPANS.of(trace)).hasSize(3);
      assertThat(lines.all(trace)).isEmpty();
    }
    JsonNode line = lines.of(trace);
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("stream").asText()).isEqualTo("cancelled");
    assertThat(line.get("elements_out").asInt()).isEqualTo(2);
    SpanData request = span("GET /brook/{how}");
    assertThat(request.getAttributes().get(STREAM_END)).isEqualTo("cancelled");
    assertThat(request.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(SPANS.of(trace)).hasSize(4);
  }

  @Test
  void aStreamThatFailsAfterItsBeginFailsTheRequestButNotTheCall() throws Exception {
    try (InputStream body = get("broken", NDJSON)) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
    JsonNode line = lines.of(trace);
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("outcome").asText()).isEqualTo("MESH-SERVICE-FAILED");
    assertThat(line.get("stream").asText()).isEqualTo("failed");
    assertThat(line.get("elements_out").asInt()).isEqualTo(2);
    SpanData request = span("GET /brook/{how}");
    assertThat(request.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(request.getAttributes().get(ERROR_TYPE)).isEqualTo("MESH-SERVICE-FAILED");
    assertThat(span("call brook/watch").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(SPANS.of(trace)).hasSize(4);
  }

  @Test
  void aStreamThatIsRefusedBeforeItsBeginFailsEverySpanOnTheWay() throws Exception {
    assertThat(get("dry", NDJSON).readAllBytes()).isNotEmpty();
    JsonNode line = lines.of(trace);
    assertThat(line.get("status").asInt()).isEqualTo(422);
    assertThat(line.get("outcome").asText()).isEqualTo("MESH-REJECTED");
    assertThat(line.get("stream").asText()).isEqualTo("refused");
    for (String name : List.of("call brook/watch", "brook/watch", "serve brook/watch")) {
      assertThat(span(name).getAttributes().get(ERROR_TYPE)).isEqualTo("MESH-REJECTED");
    }
  }

  @Test
  void aStreamFromTheClientIsCountedAndItsCallEndsAtTheReply() throws Exception {
    HttpRequest.Builder request =
        request("/sum", NDJSON)
            .header("Content-Type", NDJSON)
            .POST(BodyPublishers.ofString("{\"number\":1}\n{\"number\":2}\n"));
    assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).body()).contains("3");
    JsonNode line = lines.of(trace);
    assertThat(line.get("stream").asText()).isEqualTo("completed");
    assertThat(line.get("elements_in").asInt()).isEqualTo(2);
    assertThat(line.get("served_ms").asDouble()).isNotNegative();
    assertThat(span("POST /sum").getAttributes().get(ELEMENTS_IN)).isEqualTo(2);
    assertThat(span("serve brook/sum").getParentSpanId()).isEqualTo(span("brook/sum").getSpanId());
    assertThat(SPANS.of(trace)).hasSize(4);
  }

  @Test
  void anArgumentThatFailsEndsEverySpanWithAnError() {
    String own = sum(Source.failed(new IllegalStateException("no spring"))).trace();
    assertThat(ended(own)).allMatch(span -> span.getStatus().getStatusCode() == StatusCode.ERROR);
  }

  @Test
  void aCallThatIsCancelledWhileItStreamsEndsEverySpanWithAnError() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Summing summing = sum(Source.single(1).map(one -> asked(asked)).concat(Source.never()));
    assertThat(asked.await(20, SECONDS)).isTrue();
    assertThat(summing.total().cancel(true)).isTrue();
    assertThat(ended(summing.trace()))
        .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.ERROR);
  }

  private static Brook.Drop asked(CountDownLatch latch) {
    latch.countDown();
    return new Brook.Drop(1);
  }

  /** A call that brings a stream, and the trace that it belongs to. */
  private record Summing(MeshFuture<Brook.Total> total, String trace) {}

  private static Summing sum(Source<Brook.Drop, NotUsed> drops) {
    Span own = SPANS.getTracerProvider().get("test").spanBuilder("own").startSpan();
    Scope current = own.makeCurrent();
    try {
      MeshFuture<Brook.Total> total =
          door.client(Brook.CONTRACT).<Brook.Total>askWithStatus(r -> new Brook.Sum(drops, r));
      return new Summing(total, own.getSpanContext().getTraceId());
    } finally {
      current.close();
    }
  }

  /** The spans of call, attempt and serving, once all have ended. */
  private static List<SpanData> ended(String trace) {
    List<SpanData> spans =
        await().atMost(Duration.ofSeconds(20)).until(() -> SPANS.of(trace), all -> all.size() >= 3);
    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactlyInAnyOrder("call brook/sum", "brook/sum", "serve brook/sum");
    return spans;
  }

  /** The one span of the name in this test's trace. */
  private SpanData span(String name) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> SPANS.of(trace).stream().filter(span -> span.getName().equals(name)).toList(),
            spans -> spans.size() == 1)
        .get(0);
  }

  private InputStream get(String how, String accept) throws Exception {
    return CLIENT
        .send(request("/brook/" + how, accept).build(), BodyHandlers.ofInputStream())
        .body();
  }

  private HttpRequest.Builder request(String path, String accept) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + door.httpPort().orElseThrow() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Accept", accept)
        .header("X-Request-Id", trace)
        .header("traceparent", "00-" + trace + "-00000000000000aa-01");
  }

  private static void read(InputStream body, int count) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    for (int i = 1; i <= count; i++) {
      assertThat(reader.readLine()).contains("" + i);
    }
  }
}
