package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams whose clients ask for them, and then do not read them; counts what is made for them. */
class UnreadAnswersTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  /** Well before a stream that nobody reads is given up in any case. */
  private static final Duration SOON = Duration.ofSeconds(8);

  private static final byte[] GET = RawHttp2.head("GET", "/feeds/a");
  private static final String TEXT = "x".repeat(1000);

  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger stopped = new AtomicInteger();
  private IngressFixture door;

  @BeforeEach
  void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings(true), Feed.EXPOSED);
    door.gateway.replies(counted());
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aClientThatResetsItsStreamBeforeTheAnswerHasNothingMade() throws Exception {
    List<CompletableFuture<Object>> calls = new CopyOnWriteArrayList<>();
    door.gateway.answers(message -> pending(calls));
    try (RawHttp2 client = new RawHttp2(door.ingress.port())) {
      for (int i = 0; i < 100; i++) {
        int stream = 2 * i + 1;
        byte[] get = RawHttp2.bytes(RawHttp2.HEADERS, 5, stream, GET);
        byte[] reset = RawHttp2.bytes(RawHttp2.RESET, 0, stream, number(8));
        client.write(ByteBuffer.allocate(get.length + reset.length).put(get).put(reset).array());
      }
      // Answered in order: the server knows of all resets before it.
      client.frame(RawHttp2.PING, 0, 0, new byte[8]);
      await().atMost(LONG).until(() -> calls.size() == 100);
      calls.forEach(call -> call.complete(counted()));

      await().atMost(SOON).until(() -> stopped.get() == 100);
      assertThat(door.ingress.openStreams()).isZero();
    }
    assertThat(made).hasValue(0);
  }

  @Test
  void aClientThatIsGoneBeforeTheAnswerHasNothingMade() throws Exception {
    List<CompletableFuture<Object>> calls = new CopyOnWriteArrayList<>();
    door.gateway.answers(message -> pending(calls));
    List<RawHttp> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(
          new RawHttp(door.ingress.port()).send(RawHttp.head("GET /feeds/a HTTP/1.1", "Host: a")));
    }
    await().atMost(LONG).until(() -> calls.size() == 20);
    for (RawHttp client : clients) {
      client.reset();
    }
    await().atMost(LONG).until(() -> door.ingress.connections() == 0);
    calls.forEach(call -> call.complete(counted()));

    await().atMost(SOON).until(() -> stopped.get() == 20);
    assertThat(door.ingress.openStreams()).isZero();
    assertThat(made).hasValue(0);
  }

  @Test
  void littleIsMadeForAClientThatDoesNotRead() throws Exception {
    byte[] noWindow = ByteBuffer.allocate(6).putShort((short) 4).putInt(0).array();
    try (RawHttp2 client = new RawHttp2(door.ingress.port())) {
      client.frame(RawHttp2.SETTINGS, 0, 0, noWindow);
      client.get("/feeds/a");
      assertThat(client.read(RawHttp2.HEADERS).isOk()).isTrue();

      await().during(300, MILLISECONDS).until(() -> made.get() <= 64);
    }
    await().atMost(LONG).until(() -> stopped.get() == 1);
  }

  @Test
  void aStreamThatIsOverIsNotKept() throws Exception {
    WeakReference<Object> kept = new WeakReference<>(replyOnce());

    assertThat(door.send(door.request("GET", "/feeds/a")).body()).contains("\"number\":1,");

    door.gateway.replies(Source.empty());
    await()
        .atMost(SOON)
        .until(
            () -> {
              System.gc();
              return kept.get() == null;
            });
  }

  /** What the elements of the reply are made of. */
  private Object replyOnce() {
    byte[] large = new byte[1 << 20];
    door.gateway.replies(Source.single(1).map(number -> Feed.Tick.of(number + large[0])));
    return large;
  }

  private static CompletableFuture<Object> pending(List<CompletableFuture<Object>> calls) {
    CompletableFuture<Object> call = new CompletableFuture<>();
    calls.add(call);
    return call;
  }

  private Source<Feed.Tick, NotUsed> counted() {
    return Source.repeat(TEXT)
        .map(text -> new Feed.Tick(made.incrementAndGet(), text, java.util.Optional.empty()))
        .watchTermination(
            (none, end) -> {
              end.whenComplete((done, failure) -> stopped.incrementAndGet());
              return none;
            });
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
