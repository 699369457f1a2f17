package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.MeshFailure;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplyStreamTest {

  private IngressFixture door;

  @BeforeEach
  void open() throws Exception {
    StreamSettings streams =
        new StreamSettings(
            2,
            Duration.ofMillis(150),
            Duration.ofSeconds(2),
            1000,
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofMillis(300));
    door = new IngressFixture(IngressFixture.settings(streams, true), Feed.EXPOSED);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void elementsAreLinesOfJson() throws Exception {
    door.gateway.replies(ticks(1, 3));

    HttpResponse<String> response = get("/feeds/a", null);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/x-ndjson");
    assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(response.body())
        .isEqualTo(
            """
            {"number":1,"text":"t1"}
            {"number":2,"text":"t2"}
            {"number":3,"text":"t3"}
            """);
    assertThat(door.observer.sent).hasValue(3);
    assertThat(door.observer.ended).containsExactly("GET /feeds/{id} 200");
    awaitEnd("GET /feeds/{id} completed");
    assertThat(door.gateway.messages).containsExactly(new Feed.Watch("a", Optional.empty(), null));
  }

  @Test
  void anEventIsNamedAndNumberedAsTheRouteSays() throws Exception {
    door.gateway.replies(
        Source.from(List.of(new Feed.Tick(7, "x", Optional.of("low")), Feed.Tick.of(8))));

    HttpResponse<String> response = get("/feeds/a", "text/event-stream");

    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(response.headers().firstValue("x-accel-buffering")).contains("no");
    assertThat(response.body())
        .isEqualTo(
            """
            retry: 2000

            event: low
            id: 7
            data: {"number":7,"text":"x","kind":"low"}

            id: 8
            data: {"number":8,"text":"t8"}

            """);
  }

  @Test
  void aReaderThatComesBackSaysWhereItWas() throws Exception {
    door.gateway.replies(ticks(1, 1));

    HttpResponse<String> get =
        door.send(door.request("GET", "/feeds/a?after=3").header("Last-Event-ID", "41"));
    HttpResponse<String> post =
        door.send(door.post("/feed/watch", "{\"id\":\"b\"}").header("Last-Event-ID", "42"));
    HttpResponse<String> wrong =
        door.send(door.request("GET", "/feeds/a").header("Last-Event-ID", "x"));

    assertThat(door.gateway.messages)
        .containsExactly(
            new Feed.Watch("a", Optional.of(41L), null),
            new Feed.Watch("b", Optional.of(42L), null));
    assertThat(List.of(get.statusCode(), post.statusCode())).containsExactly(200, 200);
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"path\":\"$.after\"");
  }

  @Test
  void aStreamCanBeOneArray() throws Exception {
    door.gateway.replies(ticks(1, 2));
    HttpResponse<String> two = get("/feeds/a", "application/json");
    door.gateway.replies(Source.empty());
    HttpResponse<String> none = get("/feeds/a", "application/json");

    assertThat(two.headers().firstValue("content-type")).contains("application/json");
    assertThat(two.body())
        .isEqualTo("[{\"number\":1,\"text\":\"t1\"},{\"number\":2,\"text\":\"t2\"}]");
    assertThat(none.body()).isEqualTo("[]");
  }

  @Test
  void whatNoStreamCanBeWrittenAsIsRefusedWithoutACall() throws Exception {
    HttpResponse<String> response = get("/feeds/a", "image/png");

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(response.body()).contains("MESH-NOT-ACCEPTABLE");
    assertThat(door.gateway.messages).isEmpty();
  }

  @Test
  void headSaysWhatGetWouldWithoutACall() throws Exception {
    HttpResponse<String> response =
        door.send(door.request("HEAD", "/feeds/a").header("Accept", "text/event-stream"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(door.gateway.messages).isEmpty();
    assertThat(door.ingress.openStreams()).isZero();
  }

  @Test
  void aCallThatFailsIsAnOrdinaryProblem() throws Exception {
    door.gateway.fails(
        MeshFailure.of(FailureDetail.of(FailureCode.NO_ROUTE, "feed", "watch", "Nobody.")));

    HttpResponse<String> response = get("/feeds/a", "text/event-stream");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(door.ingress.openStreams()).isZero();
    assertThat(door.observer.streamsEnded).containsExactly("GET /feeds/{id} refused");
  }

  @Test
  void theHeadIsSentBeforeTheFirstElement() throws Exception {
    door.gateway.replies(Source.maybe());
    for (String accept : List.of("application/x-ndjson", "text/event-stream")) {
      try (RawHttp connection = new RawHttp(door.ingress.port())) {
        String head =
            connection
                .send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a", "Accept: " + accept))
                .head();
        assertThat(head).startsWith("HTTP/1.1 200 ").contains("Content-Type: " + accept);
      }
    }
  }

  @Test
  void aQuietStreamSaysThatItLives() throws Exception {
    CompletableFuture<Object> tick = new CompletableFuture<>();
    door.gateway.replies(Source.completionStage(tick));
    List<String> lines = new CopyOnWriteArrayList<>();
    CompletableFuture<?> read =
        door.client
            .sendAsync(events("/feeds/a"), BodyHandlers.ofLines())
            .thenAccept(response -> response.body().forEach(lines::add));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> lines.stream().filter(":"::equals).count() >= 3);
    tick.complete(Feed.Tick.of(1));
    read.get(20, SECONDS);

    assertThat(lines).contains("data: {\"number\":1,\"text\":\"t1\"}");
  }

  @Test
  void aQuietStreamOfLinesHasEmptyOnes() throws Exception {
    CompletableFuture<Object> tick = new CompletableFuture<>();
    door.gateway.replies(Source.completionStage(tick));
    List<String> lines = new CopyOnWriteArrayList<>();
    CompletableFuture<?> read =
        door.client
            .sendAsync(door.request("GET", "/feeds/a").build(), BodyHandlers.ofLines())
            .thenAccept(response -> response.body().forEach(lines::add));

    await().atMost(Duration.ofSeconds(20)).until(() -> lines.size() >= 3);
    tick.complete(Feed.Tick.of(1));
    read.get(20, SECONDS);

    assertThat(lines.stream().filter(line -> !line.isEmpty()))
        .containsExactly("{\"number\":1,\"text\":\"t1\"}");
  }

  @Test
  void aStreamOfLinesThatFailsSaysWhyAndIsCut() throws Exception {
    door.gateway.replies(failing(2));
    try (ErrorLog errors = new ErrorLog();
        RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a", "X-Request-Id: r1"));

      String all = connection.everything();

      assertThat(errors.entries()).noneMatch(entry -> entry.startsWith("ERROR"));

      assertThat(all)
          .contains("{\"number\":2,\"text\":\"t2\"}\n{\"mesh:problem\":{\"type\":")
          .contains("\"code\":\"MESH-ENDPOINT-LOST\"")
          .contains("\"requestId\":\"r1\"}}\n")
          .doesNotContain("\r\n0\r\n");
    }
    awaitEnd("GET /feeds/{id} failed");
  }

  @Test
  void aClientOfHttp1And2SeesThatAStreamOfLinesIsCut() {
    door.gateway.replies(failing(2));
    java.net.http.HttpClient second =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_2)
            .build();
    for (java.net.http.HttpClient client : List.of(door.client, second)) {
      assertThatThrownBy(
              () -> client.send(door.request("GET", "/feeds/a").build(), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anArrayThatFailsIsNotClosed() throws Exception {
    door.gateway.replies(failing(1));
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a", "Accept: application/json"));

      assertThat(connection.everything())
          .contains("{\"number\":1,\"text\":\"t1\"}")
          .doesNotContain("]")
          .doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void eventsThatFailEndWithAnEventThatSaysWhy() throws Exception {
    door.gateway.replies(failing(1));

    HttpResponse<String> response = get("/feeds/a", "text/event-stream");

    assertThat(response.body())
        .contains("event: error\nretry: 2000\ndata: {\"type\":")
        .contains("\"code\":\"MESH-ENDPOINT-LOST\"")
        .endsWith("}\n\n");
  }

  @Test
  void theTextOfAServicesOwnFailureIsNotForClients() throws Exception {
    door.gateway.replies(Source.failed(new IllegalStateException("password is 123")));

    HttpResponse<String> response = get("/feeds/a", "text/event-stream");

    assertThat(response.body()).contains("MESH-SERVICE-FAILED").doesNotContain("123");
  }

  @Test
  void aClientThatGoesAwayStopsTheProducer() throws Exception {
    CompletableFuture<Object> stopped = new CompletableFuture<>();
    door.gateway.replies(
        Source.range(1, Integer.MAX_VALUE)
            .throttle(100, Duration.ofSeconds(1))
            .map(Feed.Tick::of)
            .mapMaterializedValue(value -> NotUsed.getInstance())
            .watchTermination(
                (value, end) -> {
                  end.whenComplete((done, failure) -> stopped.complete(true));
                  return NotUsed.getInstance();
                }));
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a")).head();
    }

    assertThat(stopped.get(20, SECONDS)).isEqualTo(true);
    awaitEnd("GET /feeds/{id} cancelled");
    assertThat(door.ingress.openStreams()).isZero();
  }

  @Test
  void aClientThatGoesAwayFromAQuietStreamIsNoticedToo() throws Exception {
    CompletableFuture<Object> stopped = new CompletableFuture<>();
    door.gateway.replies(
        Source.maybe()
            .watchTermination(
                (value, end) -> {
                  end.whenComplete((done, failure) -> stopped.complete(true));
                  return NotUsed.getInstance();
                }));
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a")).head();
    }

    assertThat(stopped.get(20, SECONDS)).isEqualTo(true);
  }

  @Test
  void moreStreamsThanMayBeOpenAreRefused() throws Exception {
    door.gateway.replies(Source.maybe());
    try (RawHttp one = new RawHttp(door.ingress.port());
        RawHttp two = new RawHttp(door.ingress.port())) {
      one.send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a")).head();
      two.send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a")).head();

      HttpResponse<String> third = get("/feeds/a", null);

      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.headers().firstValue("retry-after")).contains("1");
      assertThat(third.body()).contains("MESH-STREAM-LIMIT");
      assertThat(door.ingress.inFlight()).isZero();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.openStreams() == 0);
    door.gateway.replies(ticks(1, 1));
    assertThat(get("/feeds/a", null).statusCode()).isEqualTo(200);
  }

  @Test
  void aNodeThatLeavesTellsItsReadersToComeBack() throws Exception {
    door.gateway.replies(Source.single(Feed.Tick.of(1)).concat(Source.maybe()));
    CompletableFuture<HttpResponse<String>> events =
        door.client.sendAsync(events("/feeds/a"), BodyHandlers.ofString());
    try (RawHttp lines = new RawHttp(door.ingress.port())) {
      lines.send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a")).head();
      await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.openStreams() == 2);

      CompletableFuture<?> stopped = door.ingress.stop().toCompletableFuture();

      assertThat(events.get(20, SECONDS).body())
          .contains("event: error\nretry: 1000\ndata: {")
          .contains("\"code\":\"MESH-DRAINING\"");
      assertThat(lines.everything()).contains("{\"mesh:problem\":{").contains("MESH-DRAINING");
      stopped.get(20, SECONDS);
    }
    assertThat(door.observer.streamsEnded)
        .containsExactly("GET /feeds/{id} drained", "GET /feeds/{id} drained");
  }

  @Test
  void aReaderThatStopsForAWhileStopsTheProducerAndLosesNothing() throws Exception {
    java.util.concurrent.atomic.AtomicLong produced = new java.util.concurrent.atomic.AtomicLong();
    int count = 400_000;
    door.gateway.replies(
        Source.range(1, count)
            .map(
                number -> {
                  produced.set(number);
                  return Feed.Tick.of(number);
                })
            .mapMaterializedValue(value -> NotUsed.getInstance()));
    try (RawHttp reader = new RawHttp(door.ingress.port(), 4096)) {
      reader.send(RawHttp.head("GET /feeds/a HTTP/1.0", "Host: a", "Accept: application/x-ndjson"));
      long[] seen = {-1};
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(300))
          .until(() -> produced.get() > 0 && seen[0] == (seen[0] = produced.get()));
      assertThat(produced.get()).isLessThan(count);

      String[] lines = reader.everything().split("\r\n\r\n", 2)[1].split("\n");

      assertThat(java.util.Arrays.stream(lines).filter(line -> !line.isEmpty()))
          .hasSize(count)
          .satisfies(all -> assertThat(all.get(count - 1)).contains("\"number\":" + count + ","));
    }
  }

  private HttpRequest events(String path) {
    return door.request("GET", path).header("Accept", "text/event-stream").build();
  }

  private HttpResponse<String> get(String path, @org.jspecify.annotations.Nullable String accept)
      throws Exception {
    HttpRequest.Builder request = door.request("GET", path);
    return door.send(accept == null ? request : request.header("Accept", accept));
  }

  private void awaitEnd(String end) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(door.observer.streamsEnded).contains(end));
  }

  private static MeshFailure lost() {
    return MeshFailure.of(
        FailureDetail.of(FailureCode.ENDPOINT_LOST, "feed", "watch", "The node is gone."));
  }

  private static Source<Object, NotUsed> failing(int after) {
    return ticks(1, after + 1)
        .map(
            tick -> {
              if (((Feed.Tick) tick).number() > after) {
                throw lost();
              }
              return tick;
            });
  }

  private static Source<Object, NotUsed> ticks(long first, long last) {
    return Source.from(
        LongStream.rangeClosed(first, last).<Object>mapToObj(Feed.Tick::of).toList());
  }
}
