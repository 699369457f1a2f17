package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.MeshFailure;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {

  private IngressFixture door;

  @BeforeEach
  void open() throws Exception {
    StreamSettings streams =
        new StreamSettings(
            2,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            1000,
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            Duration.ofMillis(300));
    door = new IngressFixture(IngressFixture.settings(streams, true), Feed.EXPOSED);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void anElementIsAMessageAndTheEndANormalClose() throws Exception {
    door.gateway.replies(ticks(1, 3));

    WebSocketClient declared = WebSocketClient.open(door, "/feeds/a");
    assertThat(declared.close()).isEqualTo(1000);
    door.gateway.replies(ticks(1, 1));
    WebSocketClient conventional = WebSocketClient.open(door, "/feed/watch?id=b&after=7");
    assertThat(conventional.close()).isEqualTo(1000);

    assertThat(declared.texts)
        .containsExactly(
            "{\"number\":1,\"text\":\"t1\"}",
            "{\"number\":2,\"text\":\"t2\"}",
            "{\"number\":3,\"text\":\"t3\"}");
    assertThat(conventional.texts).hasSize(1);
    assertThat(door.gateway.messages)
        .containsExactly(
            new Feed.Watch("a", Optional.empty(), null),
            new Feed.Watch("b", Optional.of(7L), null));
    assertThat(door.observer.sent).hasValue(4);
    assertThat(door.observer.ended).containsExactly("GET /feeds/{id} 101", "POST /feed/watch 101");
    awaitEnd("GET /feeds/{id} completed");
    awaitEnd("POST /feed/watch completed");
    assertThat(door.ingress.inFlight()).isZero();
  }

  @Test
  void aReaderThatComesBackSaysWhereItWas() throws Exception {
    door.gateway.replies(ticks(1, 1));

    WebSocketClient again = WebSocketClient.open(door, "/feeds/a?after=3", "Last-Event-ID", "41");

    assertThat(again.close()).isEqualTo(1000);
    assertThat(door.gateway.messages).containsExactly(new Feed.Watch("a", Optional.of(41L), null));
    assertThat(refusal("/feeds/a", "Last-Event-ID", "x")).isEqualTo(400);
  }

  @Test
  void messagesAreElementsUpToAnEmptyOneAndAReplyIsOneMessage() throws Exception {
    door.gateway.answers(message -> sum((Feed.Add) message));

    WebSocketClient client = WebSocketClient.open(door, "/sums/a");
    client.send("{\"value\":1}");
    client.socket.sendText("{\"val", false).get(20, SECONDS);
    client.socket.sendText("ue\":2}", true).get(20, SECONDS);
    client.send("");

    assertThat(client.next()).isEqualTo("{\"name\":\"a\",\"sum\":3}");
    assertThat(client.close()).isEqualTo(1000);
    assertThat(door.observer.received).hasValue(2);
    awaitEnd("POST /sums/{name} completed");
    assertThat(door.ingress.inFlight()).isZero();
  }

  @Test
  void bothSidesTalkAtOnce() throws Exception {
    door.gateway.answers(WebSocketTest::echo);

    WebSocketClient client = WebSocketClient.open(door, "/talks/a");
    for (int i = 1; i <= 3; i++) {
      client.send("{\"value\":" + i + "}");
      assertThat(client.next()).isEqualTo("{\"number\":" + i + ",\"text\":\"t" + i + "\"}");
    }
    client.send("");

    assertThat(client.close()).isEqualTo(1000);
    awaitEnd("POST /talks/{room} completed");
  }

  @Test
  void aWrongMessageIsNamedWithItsNumberAndPath() throws Exception {
    door.gateway.answers(WebSocketTest::echo);

    WebSocketClient client = WebSocketClient.open(door, "/talks/a");
    client.send("{\"value\":1}");
    assertThat(client.next()).contains("\"number\":1");
    client.send("{\"value\":\"x\"}");

    assertThat(client.next())
        .startsWith("{\"mesh:problem\":{")
        .contains("\"detail\":\"Message 2: $.value: expected ")
        .contains("\"path\":\"$.value\"")
        .contains("\"requestId\":\"r1\"");
    assertThat(client.close()).isEqualTo(1011);
    awaitEnd("POST /talks/{room} invalid");
  }

  @Test
  void whatIsTooLargeIsRefusedInOneFrameOrMany() throws Exception {
    door.gateway.answers(message -> sum((Feed.Add) message));

    WebSocketClient one = WebSocketClient.open(door, "/sums/a");
    one.send(" ".repeat(1001));
    assertThat(one.next()).contains("MESH-BODY-TOO-LARGE").contains("Message 1 is larger");
    assertThat(one.close()).isEqualTo(1011);

    WebSocketClient many = WebSocketClient.open(door, "/sums/a");
    many.send("{\"value\":1}");
    for (int i = 0; i < 3; i++) {
      many.socket.sendText(" ".repeat(500), false).get(20, SECONDS);
    }
    assertThat(many.next()).contains("Message 2 is larger than 1000 bytes.");
    assertThat(many.close()).isEqualTo(1011);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(door.observer.streamsEnded)
                    .containsExactly("POST /sums/{name} invalid", "POST /sums/{name} invalid"));
  }

  @Test
  void binaryMessagesAreRefused() throws Exception {
    door.gateway.answers(message -> sum((Feed.Add) message));

    WebSocketClient client = WebSocketClient.open(door, "/sums/a");
    client.socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).get(20, SECONDS);

    assertThat(client.next()).contains("Message 1 is binary");
    assertThat(client.close()).isEqualTo(1011);
  }

  @Test
  void messagesThatNobodyTakesAreRefused() throws Exception {
    door.gateway.replies(Source.maybe());

    WebSocketClient client = WebSocketClient.open(door, "/feeds/a");
    client.send("");
    client.send("{}");

    assertThat(client.next()).contains("Message 2 is not expected");
    assertThat(client.close()).isEqualTo(1011);
  }

  @Test
  void pagesOfOtherOriginsAreRefusedWithoutACall() throws Exception {
    assertThat(refusal("/feeds/a", "Origin", "https://evil.example")).isEqualTo(403);
    assertThat(refusal("/sums/a", "Origin", "https://evil.example")).isEqualTo(403);
    assertThat(door.gateway.messages).isEmpty();
    assertThat(door.ingress.openStreams()).isZero();

    door.gateway.replies(ticks(1, 1));
    String own = "http://127.0.0.1:" + door.ingress.port();
    assertThat(WebSocketClient.open(door, "/feeds/a", "Origin", own).close()).isEqualTo(1000);
  }

  @Test
  void aCallThatFailsIsAProblemBeforeTheUpgrade() throws Exception {
    door.gateway.fails(
        MeshFailure.of(FailureDetail.of(FailureCode.NO_ROUTE, "feed", "watch", "Nobody.")));

    assertThat(refusal("/feeds/a", "X", "y")).isEqualTo(503);
    assertThat(door.ingress.openStreams()).isZero();
    assertThat(door.observer.streamsEnded).containsExactly("GET /feeds/{id} refused");
  }

  @Test
  void aCallThatTakesAStreamFailsAfterTheUpgrade() throws Exception {
    door.gateway.fails(
        MeshFailure.of(FailureDetail.of(FailureCode.NO_ROUTE, "feed", "add", "Nobody.")));

    WebSocketClient client = WebSocketClient.open(door, "/sums/a");

    assertThat(client.next()).contains("{\"mesh:problem\":").contains("MESH-NO-ROUTE");
    assertThat(client.close()).isEqualTo(1011);
    awaitEnd("POST /sums/{name} failed");
  }

  @Test
  void aStreamThatFailsSaysWhyLast() throws Exception {
    door.gateway.replies(
        ticks(1, 3)
            .map(
                tick -> {
                  if (((Feed.Tick) tick).number() == 3) {
                    throw new IllegalStateException("password is 123");
                  }
                  return tick;
                }));

    try (ErrorLog errors = new ErrorLog()) {
      WebSocketClient client = WebSocketClient.open(door, "/feeds/a");

      assertThat(client.close()).isEqualTo(1011);
      assertThat(client.texts).hasSize(3).last().asString().contains("MESH-SERVICE-FAILED");
      assertThat(client.texts.toString()).doesNotContain("123");
      awaitEnd("GET /feeds/{id} failed");
      assertThat(errors.entries()).noneMatch(entry -> entry.startsWith("ERROR"));
    }
  }

  @Test
  void aClientThatClosesOrIsLostStopsTheProducer() throws Exception {
    for (boolean orderly : new boolean[] {true, false}) {
      CompletableFuture<Object> stopped = new CompletableFuture<>();
      door.gateway.replies(
          Source.maybe()
              .watchTermination(
                  (value, end) -> {
                    end.whenComplete((done, failure) -> stopped.complete(true));
                    return NotUsed.getInstance();
                  }));
      WebSocketClient client = WebSocketClient.open(door, "/feeds/a");
      if (orderly) {
        client.socket.sendClose(1000, "").get(20, SECONDS);
      } else {
        client.socket.abort();
      }
      assertThat(stopped.get(20, SECONDS)).isEqualTo(true);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.openStreams() == 0);
    assertThat(door.observer.streamsEnded)
        .containsExactly("GET /feeds/{id} cancelled", "GET /feeds/{id} cancelled");
  }

  @Test
  void aCloseBeforeTheEmptyMessageIsNoEndOfTheStream() throws Exception {
    CompletableFuture<Object> read = new CompletableFuture<>();
    CompletableFuture<Object> reply = new CompletableFuture<>();
    door.gateway.answers(
        message -> {
          ((Feed.Add) message)
              .items()
              .runWith(Sink.ignore(), door.system)
              .whenComplete((done, failure) -> read.complete(failure == null ? "whole" : "broken"));
          return reply;
        });

    WebSocketClient client = WebSocketClient.open(door, "/sums/a");
    client.send("{\"value\":1}");
    client.socket.sendClose(1000, "").get(20, SECONDS);

    assertThat(read.get(20, SECONDS)).isEqualTo("broken");
    await().atMost(Duration.ofSeconds(20)).until(reply::isCancelled);
    awaitEnd("POST /sums/{name} cancelled");
  }

  @Test
  void moreStreamsThanMayBeOpenAreRefused() throws Exception {
    door.gateway.replies(Source.maybe());
    var unusedOne = WebSocketClient.open(door, "/feeds/a");
    var unusedTwo = WebSocketClient.open(door, "/feeds/a");

    assertThat(refusal("/feeds/a", "X", "y")).isEqualTo(503);
  }

  @Test
  void aNodeThatLeavesTellsItsClients() throws Exception {
    door.gateway.replies(Source.maybe());
    WebSocketClient client = WebSocketClient.open(door, "/feeds/a");

    CompletableFuture<?> stopped = door.ingress.stop().toCompletableFuture();

    assertThat(client.next()).contains("MESH-DRAINING");
    assertThat(client.close()).isEqualTo(1011);
    stopped.get(20, SECONDS);
    assertThat(door.observer.streamsEnded).containsExactly("GET /feeds/{id} drained");
  }

  @Test
  void aReaderThatStopsForAWhileStopsTheProducerAndLosesNothing() throws Exception {
    AtomicLong produced = new AtomicLong();
    int count = 300_000;
    door.gateway.replies(
        Source.range(1, count)
            .<Object>map(
                number -> {
                  produced.set(number);
                  return Feed.Tick.of(number);
                })
            .mapMaterializedValue(value -> NotUsed.getInstance()));
    WebSocketClient client = WebSocketClient.slow(door, "/feeds/a");
    long[] seen = {-1};
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> produced.get() > 0 && seen[0] == (seen[0] = produced.get()));
    assertThat(produced.get()).isLessThan(count);

    client.read(Long.MAX_VALUE);

    await().atMost(Duration.ofSeconds(60)).until(() -> client.texts.size() == count);
    assertThat(client.close()).isEqualTo(1000);
    assertThat(client.texts.stream().skip(count - 1).findFirst().orElseThrow())
        .contains("\"number\":" + count + ",");
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
    WebSocketClient client = WebSocketClient.open(door, "/sums/a");
    for (int i = 0; i < 200; i++) {
      client.send("{\"value\":1}");
    }
    client.send("");
    await().atMost(Duration.ofSeconds(20)).until(() -> door.observer.received.get() > 0);
    assertThat(door.observer.received.get()).isLessThan(20);

    go.complete(true);

    assertThat(client.next()).isEqualTo("{\"name\":\"a\",\"sum\":200}");
  }

  @Test
  void aQuietSocketIsPinged() throws Exception {
    door.gateway.replies(Source.maybe());
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(handshake("/feeds/a", "13"));
      assertThat(connection.head()).startsWith("HTTP/1.1 101 ");
      assertThat(connection.bytes(2)).containsExactly((byte) 0x89, (byte) 0);
    }
  }

  @Test
  void framesThatAreNoneEndTheStream() throws Exception {
    door.gateway.replies(Source.maybe());
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(handshake("/feeds/a", "13")).head();
      // A text that is not masked, which a client's must be.
      connection.send(new byte[] {(byte) 0x81, 0x01, 'x'});
      assertThat(connection.everything()).isNotEmpty();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.openStreams() == 0);
  }

  @Test
  void aHandshakeThatIsNoneIsRefused() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      String response = connection.send(handshake("/feeds/a", "12")).response();
      assertThat(response).startsWith("HTTP/1.1 400 ").contains("WebSocket handshake is not valid");
    }
    assertThat(door.gateway.messages).isEmpty();
  }

  private static String handshake(String path, String version) {
    return RawHttp.head(
        "GET " + path + " HTTP/1.1",
        "Host: a",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: " + version,
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  }

  private int refusal(String path, String header, String value) {
    int[] status = {0};
    assertThatThrownBy(() -> WebSocketClient.open(door, path, header, value))
        .cause()
        .asInstanceOf(InstanceOfAssertFactories.type(WebSocketHandshakeException.class))
        .satisfies(refused -> status[0] = refused.getResponse().statusCode());
    return status[0];
  }

  private void awaitEnd(String end) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(door.observer.streamsEnded).contains(end));
  }

  private CompletionStage<Object> sum(Feed.Add add) {
    return add.items()
        .runFold(0L, (sum, item) -> sum + item.value(), door.system)
        .thenApply(sum -> new Feed.Sum(add.name(), sum));
  }

  private static CompletionStage<Object> echo(Object message) {
    Source<Feed.Tick, NotUsed> ticks =
        ((Feed.Talk) message).items().map(item -> Feed.Tick.of(item.value()));
    return CompletableFuture.completedFuture(ticks);
  }

  private static Source<Object, NotUsed> ticks(long first, long last) {
    return Source.from(
        LongStream.rangeClosed(first, last).<Object>mapToObj(Feed.Tick::of).toList());
  }
}
