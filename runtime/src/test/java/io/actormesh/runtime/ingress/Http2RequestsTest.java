package io.actormesh.runtime.ingress;

import static io.actormesh.runtime.ingress.RawHttp2.END_HEADERS;
import static io.actormesh.runtime.ingress.RawHttp2.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over HTTP/2 in forms that few clients send, frame by frame. */
class Http2RequestsTest {

  private static final int PROTOCOL_ERROR = 1;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] BODY = "{\"name\":\"Ann\"}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] GREET =
      RawHttp2.head("POST", "/shop/greet", "content-type", "application/json");

  private static IngressFixture door;
  private ErrorLog errors;

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings(true));
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void greet() {
    errors = new ErrorLog();
    door.gateway.messages.clear();
    door.gateway.replies(new Shop.Greeting("x"));
  }

  @AfterEach
  void nothingIsLeft() {
    await().atMost(LONG).until(() -> door.ingress.connections() == 0);
    await().atMost(LONG).until(() -> door.ingress.inFlight() == 0);
    errors.close();
    assertThat(errors.entries()).isEmpty();
  }

  @Test
  void aPathThatIsNoneEndsTheConnectionToo() throws Exception {
    try (RawHttp2 client = new RawHttp2(door.ingress.port())) {
      client.open(END_HEADERS, RawHttp2.head("GET", ""));

      assertThat(client.read().type()).isEqualTo(RawHttp2.GO_AWAY);
      assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRequestThatEndsWithTrailersIsAnswered(boolean divided) throws Exception {
    try (RawHttp2 client = new RawHttp2(door.ingress.port())) {
      int stream = client.open(END_HEADERS, GREET);
      client.frame(RawHttp2.DATA, 0, stream, BODY);
      byte[] trailers = RawHttp2.block("x-sum", "1");
      client.frame(RawHttp2.HEADERS, END_STREAM | (divided ? 0 : END_HEADERS), stream, trailers);
      if (divided) {
        client.frame(RawHttp2.CONTINUATION, END_HEADERS, stream, RawHttp2.block("x-more", "2"));
      }

      assertThat(client.read(RawHttp2.HEADERS).isOk()).isTrue();
      assertThat(client.read(RawHttp2.DATA).payload().utf8String()).isEqualTo("{\"text\":\"x\"}");
      assertThat(door.gateway.messages).containsExactly(new Shop.Greet("Ann", null));
    }
  }

  @Test
  void aRequestWithoutABodyMayEndWithTrailersToo() throws Exception {
    try (RawHttp2 client = new RawHttp2(door.ingress.port())) {
      int stream = client.open(END_HEADERS, RawHttp2.head("GET", "/orders/1"));
      client.frame(
          RawHttp2.HEADERS, END_STREAM | END_HEADERS, stream, RawHttp2.block("x-sum", "1"));

      assertThat(client.read(RawHttp2.HEADERS).stream()).isEqualTo(stream);
    }
  }

  static Stream<byte[]> malformedHeads() {
    return Stream.of(
        RawHttp2.head("POST", "/shop/greet", ":protocol", "x", "x-a", "b"),
        RawHttp2.head("POST", "/shop/greet", ":path", "/"),
        RawHttp2.head("POST", "/shop/greet", "connection", "close"),
        RawHttp2.head("NEVER-HEARD", "/shop/greet"),
        RawHttp2.block(":method", "POST", ":path", "/shop/greet"));
  }

  /** The connection goes, nobody else is disturbed, and nothing is logged as an error. */
  @ParameterizedTest
  @MethodSource("malformedHeads")
  void aMalformedHeadIsAnErrorOfTheClient(byte[] head) throws Exception {
    try (RawHttp2 other = new RawHttp2(door.ingress.port());
        RawHttp2 client = new RawHttp2(door.ingress.port())) {
      client.open(END_HEADERS, head);

      RawHttp2.Frame farewell = client.read();
      assertThat(farewell.type()).isEqualTo(RawHttp2.GO_AWAY);
      assertThat(farewell.error()).isEqualTo(PROTOCOL_ERROR);
      assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
      assertThat(door.gateway.messages).isEmpty();

      int stream = other.open(END_HEADERS, GREET);
      other.frame(RawHttp2.DATA, END_STREAM, stream, BODY);
      assertThat(other.read(RawHttp2.HEADERS).isOk()).isTrue();
    }
  }
}
