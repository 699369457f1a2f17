package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may open a WebSocket is decided on the handshake, before anything is upgraded or called. */
class WebSocketAccessTest {

  private static IngressFixture door;

  @BeforeAll
  static void open() throws Exception {
    String settings =
        """
        auth { required = on, api-keys.keys { reader.sha256 = "READER", talker.sha256 = "TALKER" } }
        access.rules = [
          { allow = ["identity:talker"], routes = ["feed/talk", "feed/add"] }
          { deny = [anyone], routes = ["feed/talk", "feed/add"] }
        ]
        """;
    door =
        new IngressFixture(
            IngressFixture.guarded(
                settings
                    .replace("READER", hash("reader-key"))
                    .replace("TALKER", hash("talker-key"))),
            Feed.EXPOSED);
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @Test
  void aHandshakeWithoutValidCredentialsIsAProblemInsteadOfAnUpgrade() throws Exception {
    for (String path : List.of("/feeds/a", "/talks/a", "/feed/watch?id=a")) {
      String missing = handshake(path);
      assertThat(missing)
          .startsWith("HTTP/1.1 401 ")
          .containsIgnoringCase("WWW-Authenticate: ApiKey")
          .containsIgnoringCase("Content-Type: application/problem+json")
          .contains("MESH-UNAUTHENTICATED");
      assertThat(handshake(path, "X-API-Key: guess"))
          .startsWith("HTTP/1.1 401 ")
          .contains("MESH-BAD-CREDENTIALS");
    }
    assertNothingBegan();
  }

  @Test
  void aCallerWhoMayNotIsToldSoInsteadOfAnUpgrade() throws Exception {
    for (String path : List.of("/talks/a", "/feed/talk?room=a", "/sums/a")) {
      assertThat(handshake(path, "X-API-Key: reader-key"))
          .startsWith("HTTP/1.1 403 ")
          .containsIgnoringCase("Content-Type: application/problem+json")
          .contains("MESH-FORBIDDEN");
    }
    assertNothingBegan();
  }

  @Test
  void theServiceIsToldWhoOpenedIt() throws Exception {
    door.gateway.replies(Source.empty());
    try {
      assertThat(WebSocketClient.open(door, "/feeds/a", "X-API-Key", "reader-key").close())
          .isEqualTo(1000);
      assertThat(WebSocketClient.open(door, "/talks/a", "X-API-Key", "talker-key").close())
          .isEqualTo(1000);
      assertThat(door.gateway.options)
          .extracting(options -> options.identity())
          .containsExactly("reader", "talker");
    } finally {
      door.gateway.options.clear();
      door.gateway.messages.clear();
    }
  }

  private static void assertNothingBegan() {
    assertThat(door.gateway.messages).isEmpty();
    assertThat(door.ingress.openStreams()).isZero();
  }

  private static String handshake(String path, String... more) throws Exception {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    try (RawHttp raw = new RawHttp(door.ingress.port())) {
      String own = more.length == 0 ? "" : String.join("\r\n", more) + "\r\n";
      return raw.send(head + own + "\r\n").response();
    }
  }

  private static String hash(String key) throws Exception {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
