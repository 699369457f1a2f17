package io.actormesh.runtime.ingress;

import static io.actormesh.runtime.ingress.RawHttp2.CONTINUATION;
import static io.actormesh.runtime.ingress.RawHttp2.DATA;
import static io.actormesh.runtime.ingress.RawHttp2.END_HEADERS;
import static io.actormesh.runtime.ingress.RawHttp2.END_STREAM;
import static io.actormesh.runtime.ingress.RawHttp2.GO_AWAY;
import static io.actormesh.runtime.ingress.RawHttp2.HEADERS;
import static io.actormesh.runtime.ingress.RawHttp2.PING;
import static io.actormesh.runtime.ingress.RawHttp2.RESET;
import static io.actormesh.runtime.ingress.RawHttp2.SETTINGS;
import static io.actormesh.runtime.ingress.RawHttp2.WINDOW_UPDATE;
import static io.actormesh.runtime.ingress.RawHttp2.bytes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 connections that cost more than they bring, each beside clients that do not. */
class Http2FloodsTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int PROTOCOL_ERROR = 1;
  private static final int PRIORITY = 2;
  private static final int UNKNOWN = 0x42;
  private static final int PADDED = 8;
  private static final int TIMES = 20_000;

  /** What the kernel holds of a connection that nobody reads, and ample. */
  private static final long MOST_BYTES = 24 << 20;

  private static final byte[] NOTHING = {};
  private static final byte[] GET = RawHttp2.head("GET", "/orders/1");

  private static IngressFixture door;
  private static long heap;

  private ErrorLog errors;

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(impatient());
    door.gateway.replies(new Shop.Order(1, List.of()));
    assertThat(door.send(door.request("GET", "/orders/1")).statusCode()).isEqualTo(200);
    heap = usedHeap();
  }

  @AfterAll
  static void close() {
    door.gateway.messages.clear();
    door.gateway.options.clear();
    long grown = usedHeap() - heap;
    door.close();
    assertThat(grown).isLessThan(32 << 20);
  }

  @BeforeEach
  void answer() {
    errors = new ErrorLog();
    door.observer.cut.clear();
    door.gateway.messages.clear();
    door.gateway.replies(new Shop.Order(1, List.of()));
  }

  @AfterEach
  void nothingIsLeft() {
    await().atMost(LONG).until(() -> door.ingress.connections() == 0);
    await().atMost(LONG).until(() -> door.ingress.inFlight() == 0);
    errors.close();
    assertThat(errors.entries()).isEmpty();
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        attack("flood", "pings", n -> bytes(PING, 0, 0, new byte[8])),
        attack("flood", "pings that nobody asked for", n -> bytes(PING, 1, 0, new byte[8])),
        attack("flood", "settings", n -> bytes(SETTINGS, 0, 0, NOTHING)),
        attack("flood", "settings that change windows", n -> bytes(SETTINGS, 0, 0, window(n))),
        attack("flood", "priorities", n -> bytes(PRIORITY, 0, 2 * n + 1, new byte[5])),
        attack("flood", "window updates", n -> bytes(WINDOW_UPDATE, 0, 0, number(1))),
        attack("flood", "unknown frames", n -> bytes(UNKNOWN, 0, 0, NOTHING)),
        attack("flood", "rapid resets", Http2FloodsTest::opensAndResets),
        attack("flood", "streams beyond the limit", n -> bytes(HEADERS, END_HEADERS, odd(n), GET)),
        attack("flood", "empty data", n -> upload(n, bytes(DATA, 0, 1, NOTHING))),
        attack(
            "flood", "empty continuations", n -> upload(n, 0, bytes(CONTINUATION, 0, 1, NOTHING))),
        attack(
            "header-block",
            "continuations",
            n -> upload(n, 0, bytes(CONTINUATION, 0, 1, new byte[16_000]))),
        attack(
            "frame-size", "a frame of 16 MiB", n -> first(n, RawHttp2.head(0xffffff, DATA, 0, 1))),
        attack(
            "frame-size",
            "a window update too short",
            n -> first(n, bytes(WINDOW_UPDATE, 0, 0, new byte[3]))),
        attack(
            "frame-size",
            "padding without room",
            n -> first(n, bytes(HEADERS, PADDED, 1, NOTHING))),
        attack(
            "frame-size", "a farewell too short", n -> first(n, bytes(GO_AWAY, 0, 0, new byte[7]))),
        attack("protocol", "a promise", n -> bytes(5, 0, 1, new byte[8])),
        attack("protocol", "data of no stream", n -> bytes(DATA, 0, 0, new byte[8])));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("attacks")
  void aConnectionThatOnlyCostsIsEndedAndOthersAreServed(
      String reason, String what, IntFunction<byte[]> frames) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> others = CompletableFuture.supplyAsync(() -> useUntil(over));
    try (RawHttp2 attacker = new RawHttp2(door.ingress.port())) {
      long sent = flood(attacker, frames);

      await().atMost(LONG).until(() -> door.observer.cut.size() == 1);
      assertThat(door.observer.cut).as(what).containsExactly(reason);
      assertThat(sent).isLessThan(MOST_BYTES);
    } finally {
      over.set(true);
    }
    assertThat(others.get(20, SECONDS)).isPositive();
  }

  /** Several times as many such frames as may be sent at once, as many as real clients send. */
  @Test
  void aClientThatAnswersWhatItGetsWithWindowsAndPingsIsNotCut() throws Exception {
    try (RawHttp2 client = new RawHttp2(door.ingress.port())) {
      for (int i = 0; i < 1000; i++) {
        int stream = client.get("/orders/1");
        assertThat(client.read(DATA).stream()).isEqualTo(stream);
        client.frame(WINDOW_UPDATE, 0, 0, number(20));
        client.frame(WINDOW_UPDATE, 0, stream, number(20));
        client.frame(PING, 0, 0, new byte[8]);
      }
      assertThat(door.observer.cut).isEmpty();
    }
  }

  @Test
  void aFarewellSaysWhyAndWhichRequestsWereTaken() throws Exception {
    try (RawHttp2 client = new RawHttp2(door.ingress.port())) {
      int taken = client.get("/orders/1");
      assertThat(client.read(HEADERS).isOk()).isTrue();
      client.write(bytes(WINDOW_UPDATE, 0, 0, new byte[3]));

      RawHttp2.Frame farewell = client.read(GO_AWAY);
      assertThat(farewell.lastStream()).isEqualTo(taken);
      assertThat(farewell.error()).isEqualTo(FrameFault.FRAME_SIZE.error());
    }
  }

  /** 16,000 references, a byte each, to one header of 3,000 bytes in the table. */
  @Test
  void headersThatUnpackToMegabytesAreRefused() throws Exception {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(GET);
    byte[] stored = RawHttp2.block("x-a", "b".repeat(100));
    stored[0] = 0x40;
    block.writeBytes(stored);
    byte[] references = new byte[16_000];
    Arrays.fill(references, (byte) (0x80 | 62));
    block.writeBytes(references);
    try (RawHttp2 attacker = new RawHttp2(door.ingress.port())) {
      attacker.open(END_HEADERS | END_STREAM, block.toByteArray());

      assertThat(attacker.read().error()).isEqualTo(PROTOCOL_ERROR);
      assertThat(use()).isTrue();
      assertThat(door.gateway.messages).hasSize(1);
    }
  }

  @Test
  void aClientWithoutAWindowKeepsFewAnswersAndIsCut() throws Exception {
    try (RawHttp2 attacker = new RawHttp2(door.ingress.port())) {
      attacker.frame(SETTINGS, 0, 0, window(0));
      for (int i = 0; i < 400; i++) {
        attacker.get("/orders/1");
      }
      await().atMost(LONG).until(() -> door.gateway.messages.size() >= 200);
      assertThat(use()).isTrue();
      await().atMost(LONG).until(() -> door.ingress.connections() <= 1);

      assertThat(door.gateway.messages).hasSizeLessThanOrEqualTo(259);
    }
  }

  @Test
  void bodiesThatNeverComeAreTimedOut() throws Exception {
    try (RawHttp2 attacker = new RawHttp2(door.ingress.port())) {
      byte[] head = RawHttp2.head("POST", "/shop/greet", "content-type", "application/json");
      for (int i = 0; i < 80; i++) {
        attacker.open(END_HEADERS, head);
      }
      await().atMost(LONG).until(() -> door.ingress.inFlight() == 80);
      assertThat(use()).isTrue();
      for (int i = 0; i < 80; i++) {
        assertThat(attacker.read(HEADERS).isOk()).isFalse();
      }
    }
  }

  /** Sends until the connection is over, and reads nothing meanwhile. */
  private static long flood(RawHttp2 attacker, IntFunction<byte[]> frames) {
    long sent = 0;
    try {
      for (int n = 0; n < TIMES && door.observer.cut.isEmpty(); n++) {
        byte[] some = frames.apply(n);
        attacker.write(some);
        sent += some.length;
      }
    } catch (IOException cut) {
      // As it should be.
    }
    return sent;
  }

  /** A normal client's requests, one after the other. */
  private static int useUntil(AtomicBoolean over) {
    int answered = 0;
    try (RawHttp2 client = new RawHttp2(door.ingress.port())) {
      do {
        client.get("/orders/1");
        assertThat(client.read(HEADERS).isOk()).isTrue();
        assertThat(client.read(DATA).payload().utf8String()).contains("\"id\":1");
        answered++;
      } while (!over.get());
      return answered;
    } catch (IOException failure) {
      throw new AssertionError("a normal client was disturbed", failure);
    }
  }

  private static boolean use() {
    return useUntil(new AtomicBoolean(true)) == 1;
  }

  private static Arguments attack(String reason, String what, IntFunction<byte[]> frames) {
    return Arguments.of(reason, what, frames);
  }

  private static int odd(int n) {
    return 2 * n + 1;
  }

  private static byte[] opensAndResets(int n) {
    return joined(
        bytes(HEADERS, END_HEADERS | END_STREAM, odd(n), GET), bytes(RESET, 0, odd(n), number(8)));
  }

  /** A stream at first, then its frames. */
  private static byte[] upload(int n, byte[] frame) {
    return upload(n, END_HEADERS, frame);
  }

  private static byte[] upload(int n, int flags, byte[] frame) {
    return n == 0 ? bytes(HEADERS, flags, 1, GET) : frame;
  }

  /** A frame at first, then what might be taken for its rest. */
  private static byte[] first(int n, byte[] frame) {
    return n == 0 ? frame : new byte[1 << 14];
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] window(int size) {
    return ByteBuffer.allocate(6).putShort((short) 4).putInt(size).array();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static IngressSettings impatient() {
    IngressSettings s = IngressFixture.settings(true);
    return new IngressSettings(
        s.host(),
        s.port(),
        s.maxInFlight(),
        s.maxBody(),
        s.headTimeout(),
        Duration.ofMillis(500),
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
