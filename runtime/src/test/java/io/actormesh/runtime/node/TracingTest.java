package io.actormesh.runtime.node;

import static io.actormesh.runtime.tracing.SpanAttributes.ATTEMPT;
import static io.actormesh.runtime.tracing.SpanAttributes.ATTEMPTS;
import static io.actormesh.runtime.tracing.SpanAttributes.ENDPOINT;
import static io.actormesh.runtime.tracing.SpanAttributes.ERROR_TYPE;
import static io.actormesh.runtime.tracing.SpanAttributes.NODE;
import static io.actormesh.runtime.tracing.SpanAttributes.QUEUED;
import static io.actormesh.runtime.tracing.SpanAttributes.ROUTE;
import static io.actormesh.runtime.tracing.SpanAttributes.STARTED;
import static io.actormesh.runtime.tracing.SpanAttributes.STATUS;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.client.MeshFuture;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes with the application's own OpenTelemetry: a front door, and the services. */
class TracingTest {

  private static final KeptSpans SPANS = new KeptSpans();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final CountDownLatch LEFT_GATE = new CountDownLatch(1);
  private static final AtomicInteger TRACES = new AtomicInteger();

  private static MeshNode door;
  private static MeshNode left;
  private static MeshNode right;

  private final String traceId = String.format("%032x", 0xabc0000L + TRACES.incrementAndGet());

  @BeforeAll
  static void start() {
    door = node("door", "none", "").start();
    String seed = "127.0.0.1:" + door.clusterPort();
    left = node("left", "all", seed).start();
    right = node("right", "errand", seed).start();
    await().until(() -> door.services().lookup("errand").size() == 2);
  }

  private static MeshNodeBuilder node(String name, String services, String seeds) {
    CountDownLatch gate = name.equals("left") ? LEFT_GATE : new CountDownLatch(0);
    Map<String, String> environment =
        new HashMap<>(Map.of("MESH_NODE", name, "MESH_PORT", "0", "MESH_ADMIN_PORT", "0"));
    environment.put("MESH_HTTP_PORT", name.equals("door") ? "0" : "");
    environment.put("MESH_SERVICES", services);
    environment.put("MESH_SEEDS", seeds);
    return MeshNode.builder()
        .config(
            ConfigFactory.parseString(
                    """
                    actormesh.services.errand.throttle { queue = 1, instance-in-flight = 1 }
                    """)
                .withFallback(ConfigFactory.load()))
        .environment(environment)
        .openTelemetry(SPANS)
        .host(Greeter.CONTRACT, Greeter::create)
        .hostWith(Errand.CONTRACT, clients -> Errand.create(name, gate, clients, SPANS))
        .expose(Greeter.CONTRACT, http -> http.post("/greet/{name}", Greeter.Greet.class))
        .expose(Errand.CONTRACT);
  }

  @AfterAll
  static void end() throws Exception {
    LEFT_GATE.countDown();
    for (MeshNode node : List.of(door, right, left)) {
      node.kill().toCompletableFuture().get(30, SECONDS);
    }
  }

  @Test
  void aRequestIsATreeOfRequestCallAttemptAndServe() throws Exception {
    HttpResponse<String> answer = post("/greet/Ann", "01");
    assertThat(answer.statusCode()).isEqualTo(200);
    SpanData request = span("POST /greet/{name}");
    SpanData call = span("call greeter/greet");
    SpanData attempt = span("greeter/greet");
    SpanData serve = span("serve greeter/greet");
    assertThat(SPANS.of(traceId)).hasSize(4);
    assertThat(request.getParentSpanId()).isEqualTo("00000000000000aa");
    assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(request.getAttributes().get(STATUS)).isEqualTo(200);
    assertThat(request.getAttributes().get(ROUTE)).isEqualTo("/greet/{name}");
    assertThat(call.getParentSpanId()).isEqualTo(request.getSpanId());
    assertThat(call.getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(call.getAttributes().get(ATTEMPTS)).isEqualTo(1);
    assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId());
    assertThat(attempt.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(attempt.getAttributes().get(ENDPOINT)).isEqualTo("left/0");
    assertThat(serve.getParentSpanId()).isEqualTo(attempt.getSpanId());
    assertThat(serve.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(serve.getAttributes().get(QUEUED)).isNotNegative();
    assertThat(serve.getEvents()).extracting("name").containsExactly("started");
    assertThat(List.of(request, call, attempt))
        .allMatch(span -> "door".equals(span.getAttributes().get(NODE)));
    assertThat(serve.getAttributes().get(NODE)).isEqualTo("left");
    assertThat(SPANS.of(traceId))
        .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.UNSET)
        .allMatch(span -> "vendor=x".equals(state(span)));
    assertThat(answer.headers().firstValue("traceparent"))
        .hasValue("00-" + traceId + "-" + request.getSpanId() + "-01");
  }

  @Test
  void aTraceThatIsNotSampledHasNoSpans() throws Exception {
    HttpResponse<String> answer = post("/greet/Ann", "00");
    assertThat(answer.headers().firstValue("traceparent").orElseThrow())
        .startsWith("00-" + traceId)
        .endsWith("-00");
    // A later one that is sampled has arrived, so this one's would have, too.
    int before = SPANS.all().size();
    assertThat(door.client(Greeter.CONTRACT).<Greeter.Greeting>ask(r -> new Greeter.Greet("B", r)))
        .succeedsWithin(Duration.ofSeconds(10));
    await().until(() -> SPANS.all().size() >= before + 3);
    assertThat(SPANS.of(traceId)).isEmpty();
  }

  @Test
  void aCallMadeWithinACallIsItsChildByWayOfUsersOwnSpan() throws Exception {
    assertThat(post("/errand/delegate", "01").body()).contains("greeter");
    SpanData own = span("own work");
    assertThat(own.getParentSpanId()).isEqualTo(span("serve errand/delegate").getSpanId());
    assertThat(span("call greeter/greet").getParentSpanId()).isEqualTo(own.getSpanId());
    assertThat(span("serve greeter/greet").getParentSpanId())
        .isEqualTo(span("greeter/greet").getSpanId());
  }

  @Test
  void aServicesOwnErrorIsInEverySpanOnTheWay() throws Exception {
    assertThat(post("/errand/refuse", "01").statusCode()).isEqualTo(422);
    for (String name : List.of("call errand/refuse", "errand/refuse", "serve errand/refuse")) {
      assertThat(span(name).getAttributes().get(ERROR_TYPE)).isEqualTo("MESH-REJECTED");
      assertThat(span(name).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }
    // The client got what it asked for: that is no failure of the door.
    assertThat(span("POST /errand/refuse").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void aServiceThatThrowsFailsItsSpan() throws Exception {
    assertThat(post("/errand/trip", "01").statusCode()).isEqualTo(500);
    SpanData serve = span("serve errand/trip");
    assertThat(serve.getAttributes().get(ERROR_TYPE)).isEqualTo("MESH-SERVICE-FAILED");
    assertThat(serve.getAttributes().get(STARTED)).isEqualTo("yes");
    assertThat(span("POST /errand/trip").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aDeadlineEndsTheSpansOfCallerAndServer() throws Exception {
    assertThat(post("/errand/ponder", "01", "Mesh-Deadline", "150ms").statusCode()).isEqualTo(504);
    for (String name : List.of("call errand/ponder", "errand/ponder", "serve errand/ponder")) {
      assertThat(span(name).getAttributes().get(ERROR_TYPE)).isEqualTo("MESH-DEADLINE");
    }
  }

  @Test
  void aOneWayCallIsServedAfterItsEnd() throws Exception {
    assertThat(post("/errand/note", "01", "Content-Type", "application/json").statusCode())
        .isEqualTo(202);
    assertThat(span("serve errand/note").getParentSpanId())
        .isEqualTo(span("errand/note").getSpanId());
  }

  @Test
  void aRefusedAttemptAndTheNextOneAreUnderOneCall() throws Exception {
    List<SpanData> both = await().until(TracingTest::callBoth, attempts -> attempts.size() == 2);
    LEFT_GATE.countDown();
    SpanData first = both.get(0);
    assertThat(both)
        .extracting(span -> span.getAttributes().get(ENDPOINT))
        .containsExactly("left/0", "right/0");
    assertThat(both).extracting(span -> span.getAttributes().get(ATTEMPT)).containsExactly(1L, 2L);
    assertThat(both.get(0).getAttributes().get(STARTED)).isEqualTo("no");
    assertThat(both.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    SpanData refusal =
        await()
            .until(
                () ->
                    SPANS.all().stream()
                        .filter(span -> span.getParentSpanId().equals(first.getSpanId()))
                        .toList(),
                spans -> spans.size() == 1)
            .get(0);
    assertThat(refusal.getAttributes().get(ERROR_TYPE)).isEqualTo("MESH-QUEUE-FULL");
  }

  /**
   * Calls until the node whose gate is shut is full, has refused a call, and the other one has
   * served it.
   */
  private static List<SpanData> callBoth() {
    // A caller sends no second call to where one of its own waits: it takes two to fill a node.
    var unusedRunning = left.client(Errand.CONTRACT).<Errand.Done>ask(Errand.Wait::new);
    var unusedWaiting = right.client(Errand.CONTRACT).<Errand.Done>ask(Errand.Wait::new);
    MeshFuture<Errand.Done> call =
        door.client(Errand.CONTRACT).withDeadline(Duration.ofMillis(500)).ask(Errand.Run::new);
    await().until(call::isDone);
    return SPANS.all().stream()
        .filter(span -> span.getKind() == SpanKind.CLIENT)
        .filter(span -> "MESH-QUEUE-FULL".equals(span.getAttributes().get(ERROR_TYPE)))
        .map(TracingTest::attemptsBeside)
        .filter(
            attempts ->
                attempts.size() == 2
                    && attempts.get(1).getStatus().getStatusCode() == StatusCode.UNSET)
        .findFirst()
        .orElse(List.of());
  }

  /** In their order; spans of two threads are kept in any. */
  private static List<SpanData> attemptsBeside(SpanData one) {
    return SPANS.all().stream()
        .filter(span -> span.getParentSpanId().equals(one.getParentSpanId()))
        .sorted(Comparator.comparingLong(span -> requireNonNull(span.getAttributes().get(ATTEMPT))))
        .toList();
  }

  /** The one span of the name in this test's trace. */
  private SpanData span(String name) {
    return await()
        .until(
            () -> SPANS.of(traceId).stream().filter(span -> span.getName().equals(name)).toList(),
            spans -> spans.size() == 1)
        .get(0);
  }

  private static String state(SpanData span) {
    StringBuilder text = new StringBuilder();
    span.getSpanContext()
        .getTraceState()
        .forEach((key, value) -> text.append(key).append('=').append(value));
    return text.toString();
  }

  private HttpResponse<String> post(String path, String flags, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + door.httpPort().orElseThrow() + path))
            .timeout(Duration.ofSeconds(20))
            .header("traceparent", "00-" + traceId + "-00000000000000aa-" + flags)
            .header("tracestate", "vendor=x")
            .POST(
                path.endsWith("note")
                    ? BodyPublishers.ofString("{\"text\":\"x\"}")
                    : BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
