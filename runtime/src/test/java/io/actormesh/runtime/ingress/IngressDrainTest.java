package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
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
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> new RawHttp(door.ingress.port()).close())
                    .isInstanceOf(IOException.class));
    reply.complete(new Shop.Order(1, List.of()));

    assertThat(inFlight.get(20, SECONDS).statusCode()).isEqualTo(200);
    stopped.toCompletableFuture().get(20, SECONDS);
  }

  @Test
  void aClientOfHttp2IsServedUntilTheDoorCloses() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpResponse<String> before =
        client.send(door.request("GET", "/orders/1").build(), BodyHandlers.ofString());
    assertThat(door.ingress.drain()).isNotNull();
    HttpResponse<String> during =
        client.send(door.request("GET", "/orders/1").build(), BodyHandlers.ofString());
    door.ingress.terminate(Duration.ofSeconds(5)).toCompletableFuture().get(20, SECONDS);

    assertThat(before.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(List.of(before.statusCode(), during.statusCode())).containsExactly(200, 200);
    assertThat(during.headers().firstValue("connection")).isEmpty();
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

  private static IngressSettings at(IngressSettings s, int port) {
    return new IngressSettings(
        s.host(),
        port,
        s.maxInFlight(),
        s.maxBody(),
        s.bodyTimeout(),
        s.maxDeadline(),
        s.acceptPriority(),
        s.http2(),
        s.maxConnections(),
        s.requestTimeout(),
        s.idleTimeout(),
        s.quietPeriod(),
        s.patience(),
        s.stream());
  }
}
