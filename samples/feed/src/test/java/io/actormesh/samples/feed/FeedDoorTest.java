package io.actormesh.samples.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.node.MeshNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Readers of server-sent events at the door of a node without the feed. */
class FeedDoorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d+)");
  private static final Pattern MISSED = Pattern.compile("\"missed\":(\\d+)");

  private static final Pattern READERS = Pattern.compile("\"readers\":(\\d+)");

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static MeshNode host;
  private static MeshNode door;

  @BeforeAll
  static void open() {
    host = node("host", "feed", "");
    door = node("door", "none", "127.0.0.1:" + host.clusterPort());
  }

  @AfterAll
  static void close() {
    door.kill().toCompletableFuture().join();
    host.kill().toCompletableFuture().join();
  }

  @Test
  void hundredsOfReadersGetEveryPost() throws Exception {
    int posts = 50;
    List<Events> readers = IntStream.range(0, 300).mapToObj(i -> read("")).toList();
    awaitReaders(300);
    int before = readers.get(0).seen.get();

    for (int i = 0; i < posts; i++) {
      publish("post " + i);
    }

    await()
        .atMost(PATIENCE)
        .until(() -> readers.stream().allMatch(reader -> reader.last.endsWith("post 49\"}")));
    assertThat(readers).allSatisfy(reader -> assertThat(reader.missed).hasValue(0));
    assertThat(readers.get(0).seen).hasValueGreaterThanOrEqualTo(before + posts);
    readers.forEach(Events::leave);
    awaitReaders(0);
  }

  @Test
  void aReaderThatComesBackGoesOnAfterItsLastEvent() throws Exception {
    long first = publish("one");
    publish("two");
    Events back = read(Long.toString(first));

    await().atMost(PATIENCE).until(() -> back.last.endsWith("\"two\"}"));
    publish("three");
    await().atMost(PATIENCE).until(() -> back.last.endsWith("\"three\"}"));

    assertThat(back.seen).hasValue(2);
    back.leave();
    awaitReaders(0);
  }

  @Test
  void aReaderThatStopsIsToldWhatItMissedAndSlowsNobodyDown() throws Exception {
    String text = "x".repeat(20_000);
    try (Socket stopped = new Socket()) {
      stopped.setReceiveBufferSize(8_192);
      stopped.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
      stopped
          .getOutputStream()
          .write(
              "GET /feed HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n".getBytes(UTF_8));
      Events lively = read("");
      awaitReaders(2);
      int before = seenOfAll(lively);
      int posts = 1_000;
      for (int i = 1; i <= posts; i++) {
        publish(text);
        if (i % 100 == 0) {
          int due = before + i;
          await().atMost(PATIENCE).until(() -> lively.seen.get() == due);
        }
      }
      long last = publish("the last");

      await().atMost(PATIENCE).until(() -> lively.last.endsWith("\"the last\"}"));
      assertThat(lively.missed).hasValue(0);
      assertThat(lively.seen).hasValue(before + posts + 1);
      assertSeenOrMissed(stopped, last);
      lively.leave();
    }
    awaitReaders(0);
  }

  /** How much it has seen when it has seen all that there is so far. */
  private static int seenOfAll(Events reader) throws Exception {
    String latest = "\"number\":" + publish("now") + ",";
    await().atMost(PATIENCE).until(() -> reader.last.contains(latest));
    return reader.seen.get();
  }

  /** What it gets and what it is told to have missed is everything, and some of it is missed. */
  private static void assertSeenOrMissed(Socket stopped, long last) throws Exception {
    stopped.setSoTimeout((int) PATIENCE.toMillis());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(stopped.getInputStream(), UTF_8));
    long first = 0;
    long seen = 0;
    long missed = 0;
    for (long number = 0; number < last; ) {
      String line = lines.readLine();
      if (line.startsWith("data: ")) {
        number = value(NUMBER, line);
        first = first == 0 ? number : first;
        missed += value(MISSED, line);
        seen++;
      }
    }
    assertThat(seen + missed).isEqualTo(last - first + 1);
    assertThat(missed).isPositive();
  }

  private static Events read(String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(http()).header("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    Events events = new Events();
    CompletableFuture<HttpResponse<Void>> response =
        HTTP.sendAsync(request.build(), BodyHandlers.fromLineSubscriber(events));
    assertThat(response).isNotCompletedExceptionally();
    return events;
  }

  /** Publishes until the feed says that it has so many readers. */
  private static void awaitReaders(int readers) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> value(READERS, post("is anybody there?")) == readers);
  }

  private static long publish(String text) throws Exception {
    return value(NUMBER, post(text));
  }

  private static String post(String text) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(http())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
            .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static long value(Pattern pattern, String json) {
    Matcher matcher = pattern.matcher(json);
    assertThat(matcher.find()).as(json).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static URI http() {
    return URI.create("http://127.0.0.1:" + port() + "/feed");
  }

  private static int port() {
    return door.httpPort().orElseThrow();
  }

  private static MeshNode node(String name, String services, String seeds) {
    return FeedApp.feed()
        .environment(
            Map.of(
                "MESH_NODE",
                name,
                "MESH_PORT",
                "0",
                "MESH_HTTP_PORT",
                "0",
                "MESH_ADMIN_PORT",
                "0",
                "MESH_SEEDS",
                seeds,
                "MESH_SERVICES",
                services))
        .start();
  }

  /** What one reader gets, a line at a time. */
  private static final class Events implements Flow.Subscriber<String> {

    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicLong missed = new AtomicLong();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private volatile String last = "";

    void leave() {
      subscription.join().cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
      granted.request(Long.MAX_VALUE);
      subscription.complete(granted);
    }

    @Override
    public void onNext(String line) {
      if (line.startsWith("data: ")) {
        missed.addAndGet(value(MISSED, line));
        last = line;
        seen.incrementAndGet();
      }
    }

    @Override
    public void onError(Throwable failure) {
      last = failure.toString();
    }

    @Override
    public void onComplete() {
      last = "the end";
    }
  }
}
