package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams from clients as lines of a body. */
class UploadTest {

  private IngressFixture door;

  @BeforeEach
  void open() throws Exception {
    door =
        new IngressFixture(IngressFixture.settings(IngressFixture.streams(), true), Feed.EXPOSED);
    door.gateway.answers(message -> sum((Feed.Add) message));
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void linesAreTheElementsAndPathAndQueryTheRest() throws Exception {
    HttpResponse<String> declared =
        door.send(lines("/sums/a", "{\"value\":1}\r\n\n{\"value\":2}\n \n{\"value\":3}"));
    HttpResponse<String> conventional = door.send(lines("/feed/add?name=b", "{\"value\":4}\n"));

    assertThat(declared.body()).isEqualTo("{\"name\":\"a\",\"sum\":6}");
    assertThat(conventional.body()).isEqualTo("{\"name\":\"b\",\"sum\":4}");
    assertThat(door.observer.received).hasValue(4);
    assertThat(door.observer.streamsEnded)
        .containsExactly("POST /sums/{name} completed", "POST /feed/add completed");
    assertThat(door.ingress.inFlight()).isZero();
  }

  @Test
  void noBodyIsAnEmptyStream() throws Exception {
    HttpResponse<String> response = door.send(door.request("POST", "/sums/a"));

    assertThat(response.body()).isEqualTo("{\"name\":\"a\",\"sum\":0}");
  }

  @Test
  void aWrongLineIsNamedWithItsNumberAndPath() throws Exception {
    HttpResponse<String> wrong =
        door.send(lines("/sums/a", "{\"value\":1}\n\n{\"value\":\"x\"}\n{\"value\":2}\n"));
    HttpResponse<String> unknown = door.send(lines("/sums/a", "{\"value\":1,\"more\":1}\n"));
    HttpResponse<String> tooLong =
        door.send(lines("/sums/a", "{\"value\":1}\n" + " ".repeat(1001) + "\n"));

    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("\"detail\":\"Line 3: $.value: expected ")
        .contains("\"path\":\"$.value\"");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("Line 1: $.more");
    assertThat(tooLong.statusCode()).isEqualTo(413);
    assertThat(tooLong.body()).contains("Line 2 is longer than 1000 bytes.");
    assertThat(door.observer.streamsEnded)
        .containsExactly(
            "POST /sums/{name} invalid", "POST /sums/{name} invalid", "POST /sums/{name} invalid");
  }

  @Test
  void anythingButLinesIsRefusedWithoutACall() throws Exception {
    HttpResponse<String> json =
        door.send(lines("/sums/a", "{}").setHeader("Content-Type", "application/json"));

    assertThat(json.statusCode()).isEqualTo(415);
    assertThat(door.gateway.messages).isEmpty();
  }

  @Test
  void aStreamLargerThanABodyMayBeIsReadAsItComes() throws Exception {
    int count = 20_000;
    byte[] all = "{\"value\":1}\n".repeat(count).getBytes(StandardCharsets.UTF_8);
    HttpClient second = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    for (HttpClient client : List.of(door.client, second)) {
      HttpResponse<String> response =
          client.send(
              post("/sums/a", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(all)))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.body()).isEqualTo("{\"name\":\"a\",\"sum\":" + count + "}");
    }
  }

  @Test
  void aServiceThatReadsSlowlySlowsItsClient() throws Exception {
    CompletableFuture<Object> go = new CompletableFuture<>();
    AtomicLong read = new AtomicLong();
    door.gateway.answers(
        message ->
            ((Feed.Add) message)
                .items()
                .mapAsync(1, item -> go.thenApply(done -> item))
                .runWith(Sink.foreach(item -> read.incrementAndGet()), door.system)
                .thenApply(done -> new Feed.Sum("a", read.get())));
    AtomicLong offered = new AtomicLong();
    byte[] line = "{\"value\":1}\n".getBytes(StandardCharsets.UTF_8);
    int count = 2_000_000;
    BodyPublisher endless =
        BodyPublishers.ofByteArrays(
            () ->
                java.util.stream.LongStream.range(0, count)
                    .mapToObj(
                        number -> {
                          offered.set(number);
                          return line;
                        })
                    .iterator());

    CompletableFuture<HttpResponse<String>> response =
        door.client.sendAsync(post("/sums/a", endless).build(), BodyHandlers.ofString());

    long[] seen = {-1};
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> offered.get() > 0 && seen[0] == (seen[0] = offered.get()));
    assertThat(offered.get()).isLessThan(count - 1L);
    response.cancel(true);
    go.complete(true);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(door.observer.streamsEnded)
                    .containsExactly("POST /sums/{name} cancelled"));
  }

  @Test
  void aServiceThatHasHadEnoughAnswersItsClient() throws Exception {
    door.gateway.answers(
        message ->
            ((Feed.Add) message)
                .items()
                .take(2)
                .runWith(Sink.seq(), door.system)
                .thenApply(items -> new Feed.Sum("a", items.size())));

    HttpResponse<String> response = door.send(lines("/sums/a", "{\"value\":1}\n".repeat(500)));
    door.gateway.replies(new Feed.Sum("b", 0));
    HttpResponse<String> unread = door.send(lines("/sums/a", "{\"value\":1}\n".repeat(500)));

    assertThat(response.body()).isEqualTo("{\"name\":\"a\",\"sum\":2}");
    assertThat(unread.body()).isEqualTo("{\"name\":\"b\",\"sum\":0}");
    await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.openStreams() == 0);
  }

  @Test
  void aClientThatGoesAwayBreaksTheServicesStream() throws Exception {
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    door.gateway.answers(
        message -> {
          ((Feed.Add) message)
              .items()
              .runWith(Sink.ignore(), door.system)
              .whenComplete((done, failure) -> broken.complete(failure));
          return new CompletableFuture<>();
        });
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(
          RawHttp.head(
                  "POST /sums/a HTTP/1.1",
                  "Host: a",
                  "Content-Type: application/x-ndjson",
                  "Transfer-Encoding: chunked")
              + "c\r\n{\"value\":1}\n\r\n");
      await().atMost(Duration.ofSeconds(20)).until(() -> door.observer.received.get() == 1);
    }

    assertThat(broken.get(20, SECONDS)).isInstanceOf(ClientStreamException.class);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(door.observer.streamsEnded)
                    .containsExactly("POST /sums/{name} cancelled"));
  }

  @Test
  void bothDirectionsGoAtTheSameTime() throws Exception {
    door.gateway.answers(
        message ->
            CompletableFuture.completedFuture(
                ((Feed.Talk) message).items().map(item -> Feed.Tick.of(item.value()))));
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String head =
          connection
              .send(
                  RawHttp.head(
                      "POST /talks/a HTTP/1.1",
                      "Host: a",
                      "Content-Type: application/x-ndjson",
                      "Transfer-Encoding: chunked"))
              .head();
      assertThat(head).startsWith("HTTP/1.1 200 ");
      for (int i = 1; i <= 3; i++) {
        connection.send("c\r\n{\"value\":" + i + "}\n\r\n");
        assertThat(connection.chunk())
            .isEqualTo("{\"number\":" + i + ",\"text\":\"t" + i + "\"}\n");
      }
      connection.send("0\r\n\r\n");
      assertThat(connection.chunk()).isEmpty();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(door.observer.streamsEnded)
                    .containsExactly("POST /talks/{room} completed"));
  }

  @Test
  void aLineThatIsWrongEndsTheRepliesWithItsProblem() throws Exception {
    door.gateway.answers(
        message ->
            CompletableFuture.completedFuture(
                ((Feed.Talk) message)
                    .items()
                    .map(item -> Feed.Tick.of(item.value()))
                    .mapMaterializedValue(value -> NotUsed.getInstance())));

    HttpResponse<String> response =
        door.send(
            lines("/talks/a", "{\"value\":1}\n{\"value\":true}\n")
                .header("Accept", "text/event-stream"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("event: error\n")
        .contains("\"detail\":\"Line 2: $.value:");
    assertThat(door.observer.streamsEnded).containsExactly("POST /talks/{room} invalid");
  }

  @Test
  void aNodeThatLeavesAnswersUploadsThatGoOn() throws Exception {
    door.gateway.answers(message -> new CompletableFuture<>());
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(
          RawHttp.head(
              "POST /sums/a HTTP/1.1",
              "Host: a",
              "Content-Type: application/x-ndjson",
              "Transfer-Encoding: chunked"));
      await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.openStreams() == 1);

      CompletableFuture<?> stopped =
          door.ingress.terminate(Duration.ofSeconds(4)).toCompletableFuture();

      assertThat(connection.head()).startsWith("HTTP/1.1 503 ");
      stopped.get(20, SECONDS);
    }
    assertThat(door.observer.streamsEnded).containsExactly("POST /sums/{name} drained");
  }

  private CompletionStage<Object> sum(Feed.Add add) {
    return add.items()
        .runWith(Sink.<Long, Feed.Item>fold(0L, (sum, item) -> sum + item.value()), door.system)
        .thenApply(sum -> new Feed.Sum(add.name(), sum));
  }

  private HttpRequest.Builder lines(String path, String text) {
    return post(path, BodyPublishers.ofString(text));
  }

  private HttpRequest.Builder post(String path, BodyPublisher body) {
    return HttpRequest.newBuilder(door.uri(path))
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", "application/x-ndjson")
        .POST(body);
  }
}
