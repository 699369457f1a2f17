package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngressBodiesTest {

  /** The limit is 1000 bytes. */
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
    door.gateway.replies(new Shop.Greeting("x"));
  }

  @Test
  void aReplyIsByteExact() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String response =
          connection
              .send(
                  RawHttp.head(
                          "POST /shop/greet HTTP/1.1",
                          "Host: a",
                          "Content-Type: application/json",
                          "X-Request-Id: r1",
                          "Content-Length: 14")
                      + "{\"name\":\"Ann\"}")
              .response()
              .replaceFirst("traceparent: [0-9a-f-]{55}", "traceparent: T")
              .replaceFirst("Date: [^\r]+", "Date: D");

      assertThat(response)
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\ntraceparent: T\r\nDate: D\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"text\":\"x\"}");
    }
  }

  @Test
  void aBodyThatComesInPiecesIsPutTogether() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(
          RawHttp.head(
                  "POST /shop/greet HTTP/1.1",
                  "Host: a",
                  "Content-Type: application/json",
                  "Transfer-Encoding: chunked")
              + "7\r\n{\"name\"\r\n");
      String response = connection.send("7\r\n:\"Ann\"}\r\n0\r\n\r\n").response();

      assertThat(response).startsWith("HTTP/1.1 200 ");
      assertThat(door.gateway.messages).containsExactly(new Shop.Greet("Ann", null));
    }
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() throws Exception {
    String name = "n".repeat(1000 - "{\"name\":\"\"}".length());

    HttpResponse<String> here = door.send(door.post("/shop/greet", "{\"name\":\"" + name + "\"}"));
    HttpResponse<String> streamed = door.send(chunked("{\"name\":\"" + name + "\"}"));

    assertThat(List.of(here.statusCode(), streamed.statusCode())).containsExactly(200, 200);
  }

  @Test
  void aLengthOverTheLimitIsRefusedBeforeTheBodyIsSent() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String response =
          connection
              .send(
                  RawHttp.head(
                          "POST /shop/greet HTTP/1.1",
                          "Host: a",
                          "Content-Type: application/json",
                          "X-Request-Id: r1",
                          "Content-Length: 1001")
                      + "{")
              .response();

      assertThat(response)
          .startsWith("HTTP/1.1 413 ")
          .contains("\r\nConnection: close\r\n")
          .endsWith(
              "{\"type\":\"urn:actormesh:error:MESH-BODY-TOO-LARGE\","
                  + "\"title\":\"The request's body is larger than the ingress accepts.\","
                  + "\"status\":413,\"detail\":\"The body is larger than 1000 bytes.\","
                  + "\"code\":\"MESH-BODY-TOO-LARGE\",\"service\":\"shop\",\"operation\":\"greet\","
                  + "\"started\":\"no\","
                  + "\"fix\":\"Send less, or raise actormesh.ingress.max-body.\","
                  + "\"requestId\":\"r1\"}");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 400, 1001})
  void aChunkedBodyOverTheLimitIsRefusedWhileItComes(int chunk) throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(
          RawHttp.head(
              "POST /shop/greet HTTP/1.1",
              "Host: a",
              "Content-Type: application/json",
              "Transfer-Encoding: chunked"));
      StringBuilder chunks = new StringBuilder();
      for (int sent = 0; sent <= 1000; sent += chunk) {
        chunks
            .append(Integer.toHexString(chunk))
            .append("\r\n")
            .append(" ".repeat(chunk))
            .append("\r\n");
      }

      String response = connection.send(chunks.toString()).response();

      assertThat(response).startsWith("HTTP/1.1 413 ").contains("MESH-BODY-TOO-LARGE");
      assertThat(connection.isClosed()).isTrue();
      assertThat(door.gateway.messages).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1500, 100_000})
  void aClientThatSendsEverythingFirstIsToldToo(int length) throws Exception {
    HttpResponse<String> response = door.send(chunked(" ".repeat(length)));

    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void aRefusedBodyIsReadAwaySoThatTheConnectionLivesOn() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(
          RawHttp.head(
                  "POST /nowhere HTTP/1.1",
                  "Host: a",
                  "Content-Type: application/json",
                  "Content-Length: 10")
              + "12345");
      String refused = connection.send("67890").response();
      String next =
          connection.send("GET /orders?customer=a HTTP/1.1\r\nHost: a\r\n\r\n").response();

      assertThat(refused).startsWith("HTTP/1.1 404 ").doesNotContain("Connection: close");
      assertThat(next).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String goAhead =
          connection
              .send(
                  RawHttp.head(
                      "POST /shop/greet HTTP/1.1",
                      "Host: a",
                      "Content-Type: application/json",
                      "Expect: 100-continue",
                      "Content-Length: 14"))
              .head();
      String response = connection.send("{\"name\":\"Ann\"}").response();

      assertThat(goAhead).startsWith("HTTP/1.1 100 ");
      assertThat(response).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aClientThatAsksFirstIsRefusedWithoutItsBody() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String response =
          connection
              .send(
                  RawHttp.head(
                      "POST /shop/greet HTTP/1.1",
                      "Host: a",
                      "Content-Type: text/plain",
                      "Expect: 100-continue",
                      "Content-Length: 14"))
              .response();

      assertThat(response).startsWith("HTTP/1.1 415 ");
    }
  }

  @Test
  void aBodyThatStopsHalfWayIsTimedOut() throws Exception {
    try (IngressFixture impatient = new IngressFixture(withBodyTimeout(Duration.ofMillis(200)));
        RawHttp connection = new RawHttp(impatient.ingress.port())) {
      String response =
          connection
              .send(
                  RawHttp.head(
                          "POST /shop/greet HTTP/1.1",
                          "Host: a",
                          "Content-Type: application/json",
                          "Content-Length: 14")
                      + "{\"na")
              .response();

      assertThat(response)
          .startsWith("HTTP/1.1 408 ")
          .contains("\"detail\":\"The body did not arrive within 200 ms.\"");
      assertThat(impatient.ingress.inFlight()).isZero();
    }
  }

  @Test
  void aClientThatGoesAwayAmidItsBodyLeavesNothingBehind() throws Exception {
    door.observer.ended.clear();
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(
          RawHttp.head(
                  "POST /shop/greet HTTP/1.1",
                  "Host: a",
                  "Content-Type: application/json",
                  "Content-Length: 14")
              + "{\"na");
      await().until(() -> door.ingress.inFlight() == 1);
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.inFlight() == 0);
    assertThat(door.observer.ended).containsExactly("POST /shop/greet 499");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /orders HTTP/1.1\r\n\r\n",
        "POST /shop/greet HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST /shop/greet HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      })
  void whatIsNoHttpGetsAProblemDocumentToo(String request) throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String response = connection.send(request).response();

      assertThat(response)
          .matches("(?s)HTTP/1.1 (400|505) .*")
          .contains("Content-Type: application/problem+json")
          .contains("\"code\":\"MESH-BAD-REQUEST\"")
          .contains("\"detail\":\"Not a valid HTTP request: ");
    }
  }

  @Test
  void chunksThatAreNoneAreRefused() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String response =
          connection
              .send(
                  RawHttp.head(
                          "POST /shop/greet HTTP/1.1",
                          "Host: a",
                          "Content-Type: application/json",
                          "Transfer-Encoding: chunked")
                      + "zz\r\n")
              .response();

      assertThat(response).startsWith("HTTP/1.1 400 ").contains("MESH-BAD-REQUEST");
    }
  }

  @Test
  void optionsForTheWholeServerIsAnswered() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String response = connection.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").response();

      assertThat(response)
          .startsWith("HTTP/1.1 204 ")
          .contains("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");
    }
  }

  private java.net.http.HttpRequest.Builder chunked(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return door.post("/shop/greet", "").POST(BodyPublishers.ofByteArrays(List.of(bytes)));
  }

  private static IngressSettings withBodyTimeout(Duration timeout) {
    IngressSettings s = IngressFixture.settings();
    return new IngressSettings(
        s.host(),
        s.port(),
        s.maxInFlight(),
        s.maxBody(),
        s.headTimeout(),
        timeout,
        s.maxDeadline(),
        s.acceptPriority(),
        s.http2(),
        s.maxConnections(),
        s.minReadRate(),
        s.requestTimeout(),
        s.idleTimeout(),
        s.quietPeriod(),
        s.patience(),
        s.stream(),
        s.security(),
        s.api(),
        s.tls());
  }
}
