package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngressDrainTest {

  private static final String GET = "GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n";

  private static final String UPGRADE =
      RawHttp.head(
          "GET /orders/1 HTTP/1.1",
          "Host: a",
          "Connection: Upgrade, HTTP2-Settings",
          "Upgrade: h2c",
          "HTTP2-Settings: AAMAAABkAAQAAP__");

  private IngressFixture door;

  @BeforeEach
  void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings(true));
    door.gateway.replies(new Shop.Order(1, List.of()));
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void keptConnectionsAreAskedToCloseAndNoRequestFails() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String before = connection.send(GET).response();
      CompletionStage<Done> drained = door.ingress.drain();
      String during = connection.send(GET).response();

      assertThat(before).startsWith("HTTP/1.1 200 ").doesNotContain("Connection:");
      assertThat(during).startsWith("HTTP/1.1 200 ").contains("\r\nConnection: close\r\n");
      assertThat(connection.isClosed()).isTrue();
      drained.toCompletableFuture().get(20, SECONDS);
      // Still open: clients that have not heard of it are served until it is terminated.
      assertThat(door.send(door.request("GET", "/orders/1")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRequestInFlightIsAnsweredWhileTheDoorCloses() throws Exception {
    CompletableFuture<Object> reply = new CompletableFuture<>();
    door.gateway.answers(message -> reply);
    CompletableFuture<HttpResponse<String>> inFlight =
        door.client.sendAsync(door.request("GET", "/orders/1").build(), BodyHandlers.ofString());
    await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.inFlight() == 1);

    CompletionStage<Done> stopped = door.ingress.stop();
    awaitNotListening();
    reply.complete(new Shop.Order(1, List.of()));

    assertThat(inFlight.get(20, SECONDS).statusCode()).isEqualTo(200);
    stopped.toCompletableFuture().get(20, SECONDS);
  }

  @Test
  void aClientOfHttp2IsToldToGoAndLosesNothing() throws Exception {
    try (RawHttp2 connection = new RawHttp2(door.ingress.port())) {
      connection.get("/orders/1");
      boolean before = connection.read(RawHttp2.HEADERS).isOk();
      assertThat(door.ingress.drain()).isNotNull();
      RawHttp2.Frame farewell = connection.read(RawHttp2.GO_AWAY);
      // As if it had been on its way already.
      int late = connection.get("/orders/1");
      RawHttp2.Frame during = connection.read(RawHttp2.HEADERS);
      var closed = door.ingress.terminate(Duration.ofSeconds(5)).toCompletableFuture();
      RawHttp2.Frame end = connection.read(RawHttp2.GO_AWAY);

      assertThat(before).isTrue();
      assertThat(farewell.lastStream()).isEqualTo(Integer.MAX_VALUE);
      assertThat(during.isOk()).isTrue();
      assertThat(during.stream()).isEqualTo(late);
      assertThat(end.lastStream()).isEqualTo(late);
      closed.get(20, SECONDS);
    }
  }

  @Test
  void anUpgradedClientIsToldTooAndItsRequestInFlightIsAnswered() throws Exception {
    CompletableFuture<Object> reply = new CompletableFuture<>();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.ingress.port());
    try (RawHttp http1 = new RawHttp(socket);
        RawHttp2 connection = new RawHttp2(socket)) {
      door.gateway.answers(message -> reply);
      String switched = http1.send(UPGRADE).head();
      connection.write(RawHttp2.PREFACE);
      connection.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
      var stopped = door.ingress.stop().toCompletableFuture();
      int farewell = connection.read(RawHttp2.GO_AWAY).lastStream();
      awaitNotListening();
      reply.complete(new Shop.Order(1, List.of()));
      boolean answered = connection.read(RawHttp2.HEADERS).isOk();
      int end = connection.read(RawHttp2.GO_AWAY).lastStream();

      assertThat(switched).startsWith("HTTP/1.1 101 ");
      assertThat(answered).isTrue();
      assertThat(List.of(farewell, end)).containsExactly(Integer.MAX_VALUE, 1);
      stopped.get(20, SECONDS);
    }
  }

  @Test
  void whileItLeavesNobodyIsUpgraded() throws Exception {
    assertThat(door.ingress.drain()).isNotNull();
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      assertThat(connection.send(UPGRADE).response())
          .startsWith("HTTP/1.1 200 ")
          .contains("\r\nConnection: close\r\n");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    IngressSettings taken = IngressFixture.settings();
    assertThatThrownBy(
            () ->
                Ingress.start(
                        door.system,
                        at(taken, door.ingress.port()),
                        List.of(Shop.EXPOSED),
                        door.wiring)
                    .toCompletableFuture()
                    .get(20, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .hasMessageContaining("127.0.0.1:" + door.ingress.port() + ": is the port taken?");
  }

  private void awaitNotListening() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> new RawHttp(door.ingress.port()).close())
                    .isInstanceOf(IOException.class));
  }

  private static IngressSettings at(IngressSettings s, int port) {
    return new IngressSettings(
        s.host(),
        port,
        s.maxInFlight(),
        s.maxBody(),
        s.headTimeout(),
        s.bodyTimeout(),
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
