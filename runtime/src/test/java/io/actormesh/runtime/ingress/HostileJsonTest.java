package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are made to hurt whoever reads them: all are 400, and none reaches a service. */
class HostileJsonTest {

  private static final String LINES = "{\"lines\":[{\"item\":\"a\",\"quantity\":";

  private static IngressFixture door;

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings(false, 1 << 20));
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void forget() {
    door.gateway.messages.clear();
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        body("arrays 500000 deep", "[".repeat(500_000)),
        body("an unknown field 100000 deep", "{\"x\":" + "[".repeat(100_000)),
        body("objects 100000 deep", "{\"lines\":" + "{\"a\":".repeat(100_000)),
        body("an exponent without end", LINES + "1e999999999}]}"),
        body("a number of 10000 digits", LINES + "9".repeat(10_000) + "}]}"),
        body("a number over its type", LINES + "2147483648}]}"),
        body("a fraction where none can be", LINES + "1.5}]}"),
        body("no number", LINES + "NaN}]}"),
        body("a leading zero", LINES + "01}]}"),
        body("a name twice", "{\"lines\":[],\"lines\":[]}"),
        body("a name twice, once escaped", "{\"lines\":[],\"line\\u0073\":[]}"),
        body("a comment", "{\"lines\":[]/* hello */}"),
        body("a trailing comma", "{\"lines\":[],}"),
        body("single quotes", "{'lines':[]}"),
        body("text after the end", "{\"lines\":[]}{\"lines\":[]}"),
        body("a byte order mark", "\uFEFF{\"lines\":[]}"),
        body("a control character in text", "{\"lines\":[{\"item\":\"\u0000\",\"quantity\":1}]}"),
        body("a million tiny elements", "{\"lines\":[" + "1,".repeat(500_000) + "1]}"),
        body("a million unknown fields", fields(50_000)),
        body("a name of 100000 characters", "{\"" + "a".repeat(100_000) + "\":1}"),
        bytes("an overlong form", 0xC0, 0x80),
        bytes("a surrogate in UTF-8", 0xED, 0xA0, 0x80),
        bytes("half a character", 0xE2, 0x82),
        bytes("a byte that is none", 0xFF));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void aBodyThatIsMadeToHurtIs400(String what, byte[] body) throws Exception {
    HttpResponse<String> response =
        door.send(door.post("/orders/ann", "").PUT(BodyPublishers.ofByteArray(body)));

    assertThat(response.statusCode()).as(what).isEqualTo(400);
    assertThat(response.body()).contains("MESH-BAD-REQUEST").hasSizeLessThan(10_000);
    assertThat(door.gateway.messages).isEmpty();
    assertThat(door.ingress.inFlight()).isZero();
  }

  private static String fields(int count) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      json.append("\"f").append(i).append("\":1,");
    }
    return json.append("\"lines\":[]}").toString();
  }

  private static Arguments body(String what, String json) {
    return Arguments.of(what, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Arguments bytes(String what, int... text) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"lines\":[{\"item\":\"".getBytes(StandardCharsets.US_ASCII));
    for (int one : text) {
      body.write(one);
    }
    body.writeBytes("\",\"quantity\":1}]}".getBytes(StandardCharsets.US_ASCII));
    return Arguments.of(what, body.toByteArray());
  }
}
