package io.actormesh.runtime.ingress;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.client.CallOptions;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngressRepliesTest {

  private static IngressFixture door;

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void forget() {
    door.gateway.messages.clear();
    door.gateway.options.clear();
    door.observer.ended.clear();
    door.gateway.replies(new Shop.Greeting("Hello, Ann!"));
  }

  @Test
  void aReplyLargerThanTheDoorWritesIsAProblemAndTheConnectionGoesOn() throws Exception {
    String post =
        "POST /shop/greet HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: 14\r\n\r\n{\"name\":\"Ann\"}";
    try (IngressFixture small = new IngressFixture(IngressFixture.guarded("max-response = 1 KiB"));
        RawHttp connection = new RawHttp(small.ingress.port())) {
      // {"text":"..."} of one byte more than fits, and of just as many as do.
      small.gateway.replies(new Shop.Greeting("x".repeat(1014)));
      assertThat(connection.send(post).response())
          .startsWith("HTTP/1.1 502 ")
          .containsIgnoringCase("Content-Type: application/problem+json")
          .doesNotContainIgnoringCase("Connection: close")
          .contains("MESH-REPLY-TOO-LARGE")
          .contains("1025 bytes as JSON (at most: 1024)");
      small.gateway.replies(new Shop.Greeting("x".repeat(1013)));
      assertThat(connection.send(post).response())
          .startsWith("HTTP/1.1 200 ")
          .contains("x".repeat(1013));
      assertThat(small.ingress.inFlight()).isZero();
    }
  }

  @Test
  void anOperationIsCalledByItsConventionalPath() throws Exception {
    HttpResponse<String> response = door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"text\":\"Hello, Ann!\"}");
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.headers().firstValue("server")).isEmpty();
    assertThat(door.gateway.messages).containsExactly(new Shop.Greet("Ann", null));
    assertThat(door.observer.ended).containsExactly("POST /shop/greet 200");
  }

  @Test
  void aPathParameterBecomesAComponent() throws Exception {
    door.gateway.replies(new Shop.Order(7, List.of(new Shop.Line("pen", 2))));

    HttpResponse<String> response = door.send(door.request("GET", "/orders/7"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"id\":7,\"lines\":[{\"item\":\"pen\",\"quantity\":2}]}");
    assertThat(door.gateway.messages).containsExactly(new Shop.GetOrder(7, null));
    assertThat(door.observer.ended).containsExactly("GET /orders/{id} 200");
  }

  @Test
  void pathQueryAndBodyMakeOneMessage() throws Exception {
    door.gateway.replies(new Shop.Order(1, List.of()));

    HttpResponse<String> response =
        door.send(
            door.post("/", "")
                .uri(door.uri("/orders/Ann%20B%2FC?dryRun=true"))
                .PUT(BodyPublishers.ofString("{\"lines\":[{\"item\":\"pen\",\"quantity\":2}]}")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(door.gateway.messages)
        .containsExactly(
            new Shop.PlaceOrder(
                "Ann B/C", List.of(new Shop.Line("pen", 2)), Optional.of(true), null));
  }

  @Test
  void aRepeatedQueryParameterBecomesAList() throws Exception {
    HttpResponse<String> response =
        door.send(door.request("GET", "/orders?customer=Ann+B&tags=a&tags=%C3%A9"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(door.gateway.messages)
        .containsExactly(new Shop.FindOrders("Ann B", List.of("a", "é"), null));
  }

  @Test
  void doneIsAnsweredWithoutABody() throws Exception {
    door.gateway.replies(Done.done());

    HttpResponse<String> response = door.send(door.request("DELETE", "/orders/7"));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void anAcceptedOneWayMessageIsAnswered202() throws Exception {
    door.gateway.replies(Done.done());

    HttpResponse<String> response = door.send(door.post("/shop/note", "{\"text\":\"x\"}"));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void theCallIsMadeOnTheClientsTerms() throws Exception {
    HttpResponse<String> response =
        door.send(
            door.post("/shop/greet", "{\"name\":\"Ann\"}")
                .header("Mesh-Deadline", "2s")
                .header("Mesh-Priority", "critical")
                .header("traceparent", IngressFixture.TRACE_PARENT)
                .header("tracestate", "vendor=1"));

    CallOptions options = door.gateway.options.get(0);
    assertThat(options.deadline()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
    assertThat(options.priority()).as("not accepted by default").isNull();
    assertThat(options.caller()).isEqualTo("ingress@node-1");
    assertThat(options.inline()).isTrue();
    TraceContext trace = requireNonNull(options.trace());
    assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(trace.spanId()).isNotEqualTo(0xb7ad6b7169203331L);
    assertThat(trace.sampled()).isTrue();
    assertThat(response.headers().firstValue("traceparent")).contains(trace.traceparent());
    assertThat(response.headers().firstValue("tracestate")).contains("vendor=1");
    assertThat(response.headers().firstValue("x-request-id")).contains("r1");
  }

  @Test
  void withoutATraceANewOneBegins() throws Exception {
    HttpResponse<String> response =
        door.send(
            door.post("/shop/greet", "{\"name\":\"Ann\"}").header("traceparent", "00-broken"));

    String traceparent = requireNonNull(door.gateway.options.get(0).trace()).traceparent();
    assertThat(traceparent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    assertThat(response.headers().firstValue("traceparent")).contains(traceparent);
    assertThat(door.gateway.options.get(0).deadline()).isNull();
  }

  @Test
  void aRequestIdThatIsNotWellFormedIsReplaced() throws Exception {
    HttpResponse<String> response =
        door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}").setHeader("X-Request-Id", "a b"));

    assertThat(response.headers().firstValue("x-request-id").orElseThrow()).matches("[0-9a-f]{16}");
  }

  @Test
  void headIsAnsweredAsGetWithoutTheBody() throws Exception {
    door.gateway.replies(new Shop.Order(7, List.of()));

    HttpResponse<String> response = door.send(door.request("HEAD", "/orders/7"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-length")).contains("19");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void optionsTellsTheMethodsOfThePath() throws Exception {
    HttpResponse<String> response = door.send(door.request("OPTIONS", "/orders/7"));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("allow")).contains("GET, HEAD, PUT, DELETE, OPTIONS");
    assertThat(door.gateway.messages).isEmpty();
  }
}
