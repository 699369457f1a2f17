package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How cleartext clients come to HTTP/2: by prior knowledge, or by upgrade, which has no body. */
class Http2UpgradeTest {

  private static final String UPGRADE =
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
  private static final String GET = "GET /orders/1 HTTP/1.1\r\nHost: a\r\n";
  private static final String JSON = "{\"name\":\"Ann\"}";
  private static final int MEBIBYTE = 1 << 20;

  private static IngressFixture door;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings(true, MEBIBYTE));
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void reply() {
    door.gateway.answers(
        message ->
            CompletableFuture.completedFuture(
                message instanceof Shop.Greet
                    ? new Shop.Greeting("x")
                    : new Shop.Order(1, List.of())));
    door.gateway.messages.clear();
  }

  @Test
  void theFirstPostOfTheJdksClientIsAnsweredOverHttp1AndItsNextGetOverHttp2() throws Exception {
    HttpResponse<String> post = send(door.post("/shop/greet", JSON));
    HttpResponse<String> get = send(door.request("GET", "/orders/1"));
    HttpResponse<String> again = send(door.post("/shop/greet", JSON));

    assertThat(List.of(post.version(), get.version(), again.version()))
        .containsExactly(Version.HTTP_1_1, Version.HTTP_2, Version.HTTP_2);
    assertThat(List.of(post.statusCode(), get.statusCode(), again.statusCode())).containsOnly(200);
    assertThat(door.gateway.messages).contains(new Shop.Greet("Ann", null));
  }

  @Test
  void aLargeFirstPostArrivesWhole() throws Exception {
    String name = "x".repeat(900_000);
    HttpResponse<String> known = send(door.post("/shop/greet", "{\"name\":\"" + name + "\"}"));
    byte[] bytes = ("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> chunked =
        HttpClient.newHttpClient()
            .send(
                door.post("/shop/greet", "")
                    .POST(BodyPublishers.ofByteArrays(List.of(bytes)))
                    .build(),
                BodyHandlers.ofString());

    assertThat(List.of(known.statusCode(), chunked.statusCode())).containsOnly(200);
    assertThat(door.gateway.messages)
        .containsExactly(new Shop.Greet(name, null), new Shop.Greet(name, null));
  }

  @Test
  void manyFirstRequestsAtOnceAreAllAnswered() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HttpRequest.Builder request =
          i % 2 == 0 ? door.post("/shop/greet", JSON) : door.request("GET", "/orders/1");
      responses.add(client.sendAsync(request.build(), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> response : responses) {
      assertThat(response.get(20, SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatComesAfterItsHeadIsReadAndTheConnectionStaysHttp1() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send(
          "POST /shop/greet HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + UPGRADE
              + "Content-Length: 14\r\n\r\n");
      connection.send(JSON.substring(0, 5));
      String post = connection.send(JSON.substring(5)).response();
      String get = connection.send(GET + "\r\n").response();

      assertThat(post).startsWith("HTTP/1.1 200 ").endsWith("{\"text\":\"x\"}");
      assertThat(get).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aGetIsUpgradedAndAnsweredOnStreamOne() throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.ingress.port());
    try (RawHttp http1 = new RawHttp(socket);
        RawHttp2 http2 = new RawHttp2(socket)) {
      String switched = http1.send(GET + UPGRADE + "\r\n").head();
      http2.write(RawHttp2.PREFACE);
      http2.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
      RawHttp2.Frame response = http2.read(RawHttp2.HEADERS);

      assertThat(switched).startsWith("HTTP/1.1 101 ").contains("\r\nUpgrade: h2c\r\n");
      assertThat(response.isOk()).isTrue();
      assertThat(response.stream()).isEqualTo(1);
    }
  }

  @Test
  void anOfferThatIsNotAsItMustBeIsAnsweredOverHttp1() throws Exception {
    List<String> offers =
        List.of(
            "Connection: Upgrade\r\nUpgrade: h2c\r\n",
            UPGRADE + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\n",
            "Connection: Upgrade\r\nUpgrade: h3\r\n");
    for (String offer : offers) {
      try (RawHttp connection = new RawHttp(door.ingress.port())) {
        assertThat(connection.send(GET + offer + "\r\n").response()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void priorKnowledgeIsRecognizedHoweverItsBytesArrive() throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.ingress.port());
    try (RawHttp2 connection = new RawHttp2(socket)) {
      for (byte next : RawHttp2.PREFACE) {
        connection.write(new byte[] {next});
      }
      connection.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
      connection.get("/orders/1");

      assertThat(connection.read(RawHttp2.HEADERS).isOk()).isTrue();
    }
  }

  @Test
  void aRequestThatBeginsLikeThePrefaceIsHttp1() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      connection.send("P");
      String rest =
          RawHttp.head(
              "OST /shop/greet HTTP/1.1",
              "Host: a",
              "Content-Type: application/json",
              "Content-Length: 14");
      assertThat(connection.send(rest + JSON).response()).startsWith("HTTP/1.1 200 ");
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }
}
