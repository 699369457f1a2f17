package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that hold a connection without getting to the point, each beside one that does. */
class SlowClientsTest {

  private static final String GET = "GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Duration LONG = Duration.ofSeconds(20);

  private static IngressFixture door;
  private ErrorLog errors;

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(impatient());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void answerOrders() {
    errors = new ErrorLog();
    door.gateway.replies(new Shop.Order(1, List.of()));
  }

  @AfterEach
  void nothingIsLeft() {
    await().atMost(LONG).until(() -> door.ingress.connections() == 0);
    await().atMost(LONG).until(() -> door.ingress.inFlight() == 0);
    errors.close();
    assertThat(errors.entries()).isEmpty();
  }

  @Test
  void aHeadThatDribblesIsCut() throws Exception {
    try (RawHttp slow = new RawHttp(door.ingress.port())) {
      slow.send("GET /orders/1 HTTP/1.1\r\nHost: a\r\n");

      assertThat(sendUntilCut(slow, "X-A: b\r\n".getBytes(StandardCharsets.US_ASCII))).isTrue();
    }
  }

  @Test
  void theHeadOfASecondRequestMayNotDribbleEither() throws Exception {
    try (RawHttp slow = new RawHttp(door.ingress.port())) {
      assertThat(slow.send(GET).response()).startsWith("HTTP/1.1 200 ");
      slow.send("GET /orders/1 HTTP/1.1\r\nHost: a\r\n");

      assertThat(sendUntilCut(slow, "X-A: b\r\n".getBytes(StandardCharsets.US_ASCII))).isTrue();
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (RawHttp silent = new RawHttp(door.ingress.port())) {
      assertThat(silent.rest()).isEmpty();
    }
  }

  @Test
  void anHttp2ConnectionThatOnlyPingsIsCut() throws Exception {
    byte[] ping = new byte[17];
    ping[2] = 8;
    ping[3] = 6;
    try (RawHttp idle = new RawHttp(door.ingress.port())) {
      idle.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});

      assertThat(sendUntilCut(idle, ping)).isTrue();
    }
  }

  @Test
  void aRequestThatTakesLongIsNoIdleness() throws Exception {
    CompletableFuture<Object> reply = new CompletableFuture<>();
    door.gateway.answers(message -> reply);
    try (RawHttp waiting = new RawHttp(door.ingress.port());
        RawHttp silent = new RawHttp(door.ingress.port())) {
      waiting.send(GET);
      await().atMost(LONG).until(() -> door.ingress.inFlight() == 1);
      // By then whoever says nothing is gone.
      assertThat(silent.rest()).isEmpty();
      reply.complete(new Shop.Order(1, List.of()));

      assertThat(waiting.response()).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClientThatNeverReadsIsCut(boolean halfCloses) throws Exception {
    door.gateway.replies(new Shop.Greeting("x".repeat(8 << 20)));
    try (RawHttp deaf = new RawHttp(door.ingress.port())) {
      deaf.send(
          "GET /orders?customer=a&tags=b HTTP/1.1\r\nHost: a\r\n\r\n".repeat(halfCloses ? 1 : 50));
      if (halfCloses) {
        deaf.halfClose();
      }
      await().atMost(LONG).until(() -> door.ingress.connections() == 0);

      assertThat(deaf.rest().length()).isLessThan(8 << 20);
    }
  }

  @Test
  void othersAreServedMeanwhile() throws Exception {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      slow.add(new RawHttp(door.ingress.port()).send("GET /orders/1 HTTP/1.1\r\nHost"));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(door.send(door.request("GET", "/orders/1")).statusCode()).isEqualTo(200);
    }
    for (RawHttp one : slow) {
      assertThat(one.rest()).isEmpty();
      one.close();
    }
  }

  /** Sends the bytes again and again, as long as the connection takes them. */
  private static boolean sendUntilCut(RawHttp slow, byte[] bytes) {
    CompletableFuture<String> closed = CompletableFuture.supplyAsync(() -> rest(slow));
    await()
        .atMost(LONG)
        .until(
            () -> {
              try {
                slow.send(bytes);
              } catch (IOException cut) {
                return true;
              }
              return closed.isDone();
            });
    return closed.orTimeout(20, SECONDS).join() != null;
  }

  private static String rest(RawHttp connection) {
    try {
      return connection.rest();
    } catch (IOException timeout) {
      throw new java.io.UncheckedIOException(timeout);
    }
  }

  private static IngressSettings impatient() {
    IngressSettings s = IngressFixture.settings(true);
    return new IngressSettings(
        s.host(),
        s.port(),
        s.maxInFlight(),
        s.maxBody(),
        Duration.ofMillis(400),
        s.bodyTimeout(),
        s.maxDeadline(),
        s.acceptPriority(),
        s.http2(),
        s.maxConnections(),
        32 << 20,
        Duration.ofMillis(900),
        Duration.ofMillis(1000),
        s.quietPeriod(),
        s.patience(),
        s.stream(),
        s.security(),
        s.api(),
        s.tls());
  }
}
