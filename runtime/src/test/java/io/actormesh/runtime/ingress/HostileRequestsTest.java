package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two servers might read differently, byte by byte, and what becomes of them. */
class HostileRequestsTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String SPACES =
      "                                                                      ";
  private static final String BODY = "{\"name\":\"Ann\"}";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  private static final String ONE_CHUNK = "e\r\n" + BODY + "\r\n0\r\n\r\n";
  private static final String GET = "GET /orders/1 HTTP/1.1\r\nHost: a\r\n";

  private static IngressFixture door;
  private ErrorLog errors;

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings(true));
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void answer() {
    errors = new ErrorLog();
    door.gateway.messages.clear();
    door.gateway.answers(
        message ->
            CompletableFuture.completedFuture(
                message instanceof Shop.Greet
                    ? new Shop.Greeting("x")
                    : new Shop.Order(1, List.of())));
  }

  @AfterEach
  void nothingIsLeft() {
    await().atMost(LONG).until(() -> door.ingress.connections() == 0);
    await().atMost(LONG).until(() -> door.ingress.inFlight() == 0);
    errors.close();
    assertThat(errors.entries()).isEmpty();
  }

  /** What the head says of the body's length: none of it may be understood in two ways. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 14|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked|Content-Length: 4",
        "Content-Length: 14|Content-Length: 15",
        "Content-Length: 14, 14",
        "Content-Length: +14",
        "Content-Length: -1",
        "Content-Length: 0xe",
        "Content-Length: 99999999999999999999",
        "Content-Length : 14",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked|Content-Length: 14",
        "Transfer-Encoding: \"chunked\"|Content-Length: 14",
        "Transfer-Encoding: \u000bchunked|Content-Length: 14",
        "Transfer-Encoding : chunked|Content-Length: 14",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked|Transfer-Encoding: identity",
        "X-A: b\rX-B: c|Content-Length: 14",
        "X-A: b\0|Content-Length: 14",
        "X\0A: b|Content-Length: 14",
        ": b|Content-Length: 14",
        "XA|Content-Length: 14",
        "Content-Length:",
        "Content-Length: |Content-Length: 14",
        "Content-Length: 14|Content-Length: 14",
        "Content-Length: 14|X-A: b| c",
        " X-A: b|Content-Length: 14",
        "X-A: b\nX-B: c|Content-Length: 14",
        "Content-Length: 14\n",
        "Content-Length: 1" + SPACES + "4",
        "Transfer-Encoding: chunked" + SPACES + ", gzip|Content-Length: 14",
        "Transfer-Encoding: chunked" + SPACES + ", gzip",
      })
  void aBodyOfDoubtfulLengthIsRefusedAndTheConnectionClosed(String headers) throws Exception {
    refused(400, post(headers.replace("|", "\r\n") + "\r\n\r\n") + ONE_CHUNK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffffffffffffffff\r\n",
        "-e\r\n",
        "+e\r\n",
        "0xe\r\n",
        "zz\r\n",
        "d\r\n" + BODY + "\r\n0\r\n\r\n",
        "e\n" + BODY + "\r\n0\r\n\r\n",
        "e \r\n" + BODY + "\r\n0\r\n\r\n",
        "e;a=b\n" + BODY + "\r\n0\r\n\r\n",
        "e\r\n" + BODY + "\n0\r\n\r\n",
        "e\r\n" + BODY + "\r\n0\n\r\n",
        "e\r\n" + BODY + "\r\n0\r\nX-A: b\n\r\n",
        "e\r\n" + BODY + "\r\n0\r\nX-A: b\r\n c\r\n\r\n",
        "e\r\n" + BODY + "\r\n0\r\n\n",
        ";a=b\r\n",
      })
  void chunksThatAreNoneAreRefusedAndTheConnectionClosed(String chunks) throws Exception {
    refused(400, post(CHUNKED) + chunks);
  }

  @Test
  void aChunkExtensionHasALimit() throws Exception {
    refused(400, post(CHUNKED) + "e;a=" + "b".repeat(300) + "\r\n" + BODY + "\r\n0\r\n\r\n");
  }

  @Test
  void aChunkOfTwoGibibytesIsTooLargeBeforeItIsRead() throws Exception {
    refused(413, post(CHUNKED) + "7fffffff\r\n" + BODY);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "GET /orders/1|                                           505",
        "GET /orders/1 HTTP/1.1|                                  400",
        "GET /orders/1 HTTP/1.1^Host: a^Host: a|                  400",
        "GET /orders/1 HTTP/1.1^Host: a^Host: b|                  400",
        "GET /orders/1 HTTP/1.1^Host:|                            400",
        "GET /orders/1 HTTP/1.1^Host: a/b|                        400",
        "GET /orders/1 HTTP/1.1^Host: u@a|                        400",
        "GET http://b/orders/1 HTTP/1.1^Host: a|                  400",
        "GET ftp://a/orders/1 HTTP/1.1^Host: a|                   400",
        "GET FTPS://a/orders/1 HTTP/1.1^Host: a|                  400",
        "GET mailto:b@a HTTP/1.1^Host: a|                         400",
        "CONNECT a:80 HTTP/1.1^Host: a:80|                        400",
        "GET /orders/1#x HTTP/1.1^Host: a|                        400",
        "GET /orders/1 HTTP/1.0|                                  400",
        "GET /orders/1 HTTP/1.2^Host: a|                          505",
        "GET /orders/1 HTTP/2.0^Host: a|                          505",
        "GET  /orders/1 HTTP/1.1^Host: a|                         505",
        "FOO /orders/1 HTTP/1.1^Host: a|                          501",
        "get /orders/1 HTTP/1.1^Host: a|                          501",
        "PRI * HTTP/2.0^Host: a|                                  501",
        "POST /shop/greet HTTP/1.0^Host: a^Transfer-Encoding: chunked| 400",
      },
      delimiter = '|')
  void aHeadThatIsNoneIsRefusedAndTheConnectionClosed(String head, int status) throws Exception {
    refused(status, head.replace("^", "\r\n") + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0016\u0003\u0001\u0002\0\u0001", "\u0080\u00ff\0\u0001", "\r\n\r\n"})
  void whatIsNoHttpAtAllIsRefused(String bytes) throws Exception {
    try (RawHttp client = new RawHttp(door.ingress.port())) {
      assertThat(client.send(bytes.repeat(20) + "\r\n\r\n").rest()).startsWith("HTTP/1.1 ");
    }
    assertThat(door.gateway.messages).isEmpty();
  }

  /** What there is but one reading of. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 14||" + BODY,
        "Transfer-Encoding: chunked||e;a=b|" + BODY + "|0||",
        "Transfer-Encoding: chunked||0000000000000000000e|" + BODY + "|0||",
        "Transfer-Encoding: chunked||e|" + BODY + "|0|Content-Length: 5||",
      })
  void whatCanBeReadInOneWayIsServedOnce(String rest) throws Exception {
    try (RawHttp client = new RawHttp(door.ingress.port())) {
      String first = client.send(post(rest.replace("|", "\r\n"))).response();
      String next = client.send(GET + "\r\n").response();

      assertThat(first).startsWith("HTTP/1.1 200 ").contains("{\"text\":\"x\"}");
      assertThat(next).startsWith("HTTP/1.1 200 ").contains("{\"id\":1");
    }
    assertThat(door.gateway.messages).hasSize(2);
  }

  @Test
  void anOldClientIsServedOneRequest() throws Exception {
    try (RawHttp old = new RawHttp(door.ingress.port())) {
      String answer = old.send("GET /orders/1 HTTP/1.0\r\nHost: a\r\n\r\n").rest();

      assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Connection: close");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    door.gateway.answers(
        message ->
            CompletableFuture.completedFuture(
                new Shop.Order(((Shop.GetOrder) message).id(), List.of())));
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      requests.append("GET /orders/").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    try (RawHttp eager = new RawHttp(door.ingress.port())) {
      eager.send(requests.toString());
      for (int i = 0; i < 100; i++) {
        assertThat(eager.response()).contains("{\"id\":" + i + ",");
      }
    }
  }

  @Test
  void aPipelinedRequestIsNotBegunBeforeTheOneAheadIsAnswered() throws Exception {
    CompletableFuture<Object> reply = new CompletableFuture<>();
    door.gateway.answers(message -> reply);
    try (RawHttp eager = new RawHttp(door.ingress.port())) {
      eager.send((GET + "\r\n").repeat(100));
      await().atMost(LONG).until(() -> !door.gateway.messages.isEmpty());

      assertThat(door.ingress.inFlight()).isEqualTo(1);
      eager.reset();
      // Else those behind it may be begun before the reset is noticed.
      await().atMost(LONG).until(() -> door.ingress.connections() == 0);
      reply.complete(new Shop.Order(1, List.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /ord",
        "GET /orders/1 HTTP/1.1\r\nHo",
        "POST /shop/greet HTTP/1.1\r\nHost: a\r\nContent-Length: 14\r\n\r\n",
        "POST /shop/greet HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: 14\r\n\r\n{\"na",
        "POST /shop/greet HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"",
        "GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n",
      })
  void aResetInAnyPhaseLeavesNothingBehind(String sent) throws Exception {
    for (int i = 0; i < 20; i++) {
      new RawHttp(door.ingress.port()).send(sent).reset();
      new RawHttp(door.ingress.port()).send(sent).halfClose().close();
    }
    try (RawHttp other = new RawHttp(door.ingress.port())) {
      assertThat(other.send(GET + "\r\n").response()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aClientThatGoesAwayBeforeItsAnswerLeavesNothingBehind() throws Exception {
    CompletableFuture<Object> reply = new CompletableFuture<>();
    door.gateway.answers(message -> reply);
    try (RawHttp gone = new RawHttp(door.ingress.port())) {
      gone.send(GET + "\r\n");
      await().atMost(LONG).until(() -> door.ingress.inFlight() == 1);
      gone.reset();
    }
    reply.complete(new Shop.Order(1, List.of()));
  }

  private static String post(String rest) {
    return "POST /shop/greet HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + rest;
  }

  private static void refused(int status, String request) throws Exception {
    try (RawHttp client = new RawHttp(door.ingress.port())) {
      String answer = client.send(request).rest();

      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("application/problem+json");
      assertThat(answer.lastIndexOf("HTTP/1.1 ")).isZero();
    }
    assertThat(door.gateway.messages).isEmpty();
  }
}
