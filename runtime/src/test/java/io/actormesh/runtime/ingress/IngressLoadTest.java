package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class IngressLoadTest {

  @Test
  void moreThanMayBeInFlightIsRefusedWithoutBeingRead() throws Exception {
    try (IngressFixture door = new IngressFixture(withMaxInFlight(2))) {
      List<CompletableFuture<Object>> waiting = new CopyOnWriteArrayList<>();
      door.gateway.answers(message -> added(waiting));
      List<CompletableFuture<HttpResponse<String>>> admitted = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        admitted.add(
            door.client.sendAsync(
                door.post("/shop/greet", "{\"name\":\"Ann\"}").build(), BodyHandlers.ofString()));
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> waiting.size() == 2);

      HttpResponse<String> refused = door.send(door.post("/shop/greet", "not even JSON"));

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      assertThat(refused.body())
          .isEqualTo(
              "{\"type\":\"urn:actormesh:error:MESH-INGRESS-LIMIT\","
                  + "\"title\":\"The front door has too many requests in flight.\","
                  + "\"status\":503,\"detail\":\"All 2 requests that may be in flight are.\","
                  + "\"code\":\"MESH-INGRESS-LIMIT\",\"started\":\"no\","
                  + "\"fix\":\"Retry after the hint, or raise actormesh.ingress.max-in-flight.\","
                  + "\"requestId\":\"r1\"}");
      assertThat(door.observer.ended).containsExactly("(refused) 503");

      waiting.forEach(one -> one.complete(new Shop.Greeting("x")));
      for (CompletableFuture<HttpResponse<String>> one : admitted) {
        assertThat(one.get(20, SECONDS).statusCode()).isEqualTo(200);
      }
      assertThat(door.ingress.inFlight()).isZero();
      door.gateway.replies(new Shop.Greeting("x"));
      assertThat(door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}")).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aRefusedRequestLeavesItsConnectionUsable() throws Exception {
    try (IngressFixture door = new IngressFixture(withMaxInFlight(1));
        RawHttp first = new RawHttp(door.ingress.port());
        RawHttp second = new RawHttp(door.ingress.port())) {
      List<CompletableFuture<Object>> waiting = new CopyOnWriteArrayList<>();
      door.gateway.answers(message -> added(waiting));
      first.send("GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n");
      await().atMost(Duration.ofSeconds(20)).until(() -> waiting.size() == 1);

      second.send(
          RawHttp.head(
                  "POST /shop/greet HTTP/1.1",
                  "Host: a",
                  "Content-Type: application/json",
                  "Content-Length: 14")
              + "{\"name\"");
      String refused = second.send(":\"Ann\"}").response();
      waiting.get(0).complete(new Shop.Order(1, List.of()));
      String answered = first.response();
      door.gateway.replies(new Shop.Order(2, List.of()));
      String next = second.send("GET /orders/2 HTTP/1.1\r\nHost: a\r\n\r\n").response();

      assertThat(refused).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1");
      assertThat(answered).startsWith("HTTP/1.1 200 ");
      assertThat(next).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aTrustedClientMayChooseThePriority() throws Exception {
    try (IngressFixture door = new IngressFixture(withPriority())) {
      int fine =
          door.send(
                  door.post("/shop/greet", "{\"name\":\"Ann\"}")
                      .header("Mesh-Priority", "Critical"))
              .statusCode();
      HttpResponse<String> unknown =
          door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}").header("Mesh-Priority", "top"));

      assertThat(fine).isEqualTo(200);
      assertThat(door.gateway.options.get(0).priority())
          .isEqualTo(io.actormesh.runtime.call.Priority.CRITICAL);
      assertThat(unknown.statusCode()).isEqualTo(400);
      assertThat(unknown.body()).contains("Use critical, high, normal or sheddable.");
    }
  }

  private static CompletableFuture<Object> added(List<CompletableFuture<Object>> waiting) {
    CompletableFuture<Object> one = new CompletableFuture<>();
    waiting.add(one);
    return one;
  }

  private static IngressSettings withMaxInFlight(int max) {
    return with(max, false);
  }

  private static IngressSettings withPriority() {
    return with(10, true);
  }

  private static IngressSettings with(int maxInFlight, boolean acceptPriority) {
    IngressSettings s = IngressFixture.settings();
    return new IngressSettings(
        s.host(),
        s.port(),
        maxInFlight,
        s.maxBody(),
        s.headTimeout(),
        s.bodyTimeout(),
        s.maxDeadline(),
        acceptPriority,
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
