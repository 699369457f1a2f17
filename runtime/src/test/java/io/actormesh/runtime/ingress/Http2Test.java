package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HTTP/2 without TLS: the JDK's client upgrades its first request, later ones are HTTP/2 at once.
 */
class Http2Test {

  private static IngressFixture door;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings(true));
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void upgrade() throws Exception {
    door.gateway.replies(new Shop.Order(1, List.of()));
    assertThat(send(door.request("GET", "/orders/1")).version())
        .isEqualTo(HttpClient.Version.HTTP_2);
    door.gateway.replies(new Shop.Greeting("x"));
    door.gateway.messages.clear();
  }

  @Test
  void aPostIsAnswered() throws Exception {
    HttpResponse<String> response = send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));

    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"text\":\"x\"}");
    assertThat(response.headers().firstValue("x-request-id")).contains("r1");
    assertThat(door.gateway.messages).containsExactly(new Shop.Greet("Ann", null));
  }

  @Test
  void switchedOffTheJdksClientSpeaksHttp1EvenWithABodyFirst() throws Exception {
    try (IngressFixture http1 = new IngressFixture(IngressFixture.settings())) {
      http1.gateway.replies(new Shop.Greeting("x"));

      HttpResponse<String> response =
          client.send(
              http1.post("/shop/greet", "{\"name\":\"Ann\"}").build(), BodyHandlers.ofString());

      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(response.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void manyRequestsShareAConnection() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      responses.add(
          client.sendAsync(
              door.post("/shop/greet", "{\"name\":\"Ann\"}").build(), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> response : responses) {
      assertThat(response.get(20, SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void problemsAreTheSame() throws Exception {
    HttpResponse<String> notFound = send(door.request("GET", "/nowhere"));
    HttpResponse<String> wrongType = send(door.post("/shop/greet", "{\"name\":1}"));

    assertThat(notFound.statusCode()).isEqualTo(404);
    assertThat(wrongType.statusCode()).isEqualTo(400);
    assertThat(wrongType.body()).contains("\"path\":\"$.name\"");
  }

  @Test
  void headHasNoBody() throws Exception {
    door.gateway.replies(new Shop.Order(1, List.of()));

    HttpResponse<String> response = send(door.request("HEAD", "/orders/1"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws Exception {
    byte[] tooLarge = " ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> announced =
        send(door.post("/shop/greet", "").POST(BodyPublishers.ofByteArray(tooLarge)));
    HttpResponse<String> streamed =
        send(door.post("/shop/greet", "").POST(BodyPublishers.ofByteArrays(List.of(tooLarge))));
    HttpResponse<String> inOneFrame = send(door.post("/shop/greet", " ".repeat(1001)));

    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(streamed.statusCode()).isEqualTo(413);
    assertThat(inOneFrame.statusCode()).isEqualTo(413);
    assertThat(send(door.post("/shop/greet", "{\"name\":\"Ann\"}")).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
