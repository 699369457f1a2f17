package io.actormesh.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.node.MeshNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop on two nodes: one has pricing and orders alone, and a tap on its line. */
class StorefrontMeshTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path folder;

  private static WireTap tap;
  private static MeshNode front;
  private static MeshNode pricing;

  @BeforeAll
  static void open() throws IOException {
    tap = new WireTap();
    front = node("front", "catalog,inventory,checkout", "", ConfigFactory.empty());
    pricing = node("pricing", "pricing,orders", "127.0.0.1:" + front.clusterPort(), throughTap());
    tap.passOnTo(pricing.linkPort());
  }

  @AfterAll
  static void close() throws IOException {
    pricing.kill().toCompletableFuture().join();
    front.kill().toCompletableFuture().join();
    tap.close();
  }

  @Test
  void anOrderGoesThroughAllFourServices() throws Exception {
    HttpResponse<String> reply = order("order-1", "mug", 2);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body())
        .contains("\"orderId\":\"order-1\"", "\"warehouse\":\"warehouse-", "\"cents\":1800");
  }

  @Test
  void whatPricingRefusesIsPutBack() throws Exception {
    int before = pianos();

    HttpResponse<String> reply = order("order-2", "piano", 1);

    assertThat(reply.statusCode()).isEqualTo(422);
    assertThat(reply.body())
        .contains("MESH-REJECTED", "not priced: orders over 10000 are taken by phone only");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(pianos()).isEqualTo(before));
  }

  @Test
  void pricingIsCalledWithKryo() throws Exception {
    order("order-3", "lamp", 1);

    // The definition that precedes the first call: texts, each after its length.
    assertThat(tap.heard())
        .containsPattern(Pattern.compile("pricing.quote.kryo", Pattern.DOTALL))
        .doesNotContain("\"sku\"");
    assertThat(get(admin("/mesh/v1/policies/pricing")).body()).contains("\"kryo\"");
    assertThat(get(admin("/mesh/v1/policies/catalog")).body()).doesNotContain("\"kryo\"");
  }

  @Test
  void anOrderIsFollowedAsEventsWhileThingsHappenToIt() throws Exception {
    order("order-4", "mug", 1);
    List<String> lines = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> followed =
        HTTP.sendAsync(follow("order-4", "text/event-stream").build(), BodyHandlers.ofLines())
            .thenAccept(response -> response.body().forEach(lines::add));
    await().atMost(PATIENCE).until(() -> lines.contains("id: 2"));

    assertThat(report("order-4", "PACKED", "two boxes").statusCode()).isEqualTo(200);
    await().atMost(PATIENCE).until(() -> lines.contains("id: 3"));
    report("order-4", "PACKED", "two boxes");
    report("order-4", "DELIVERED", "");

    assertThat(followed).succeedsWithin(PATIENCE);
    assertThat(lines.stream().filter(line -> line.matches("(event|id): .*")))
        .containsExactly(
            "event: RESERVED",
            "id: 1",
            "event: PLACED",
            "id: 2",
            "event: PACKED",
            "id: 3",
            "event: DELIVERED",
            "id: 4");
    assertThat(lines).contains("data: {\"number\":3,\"step\":\"PACKED\",\"note\":\"two boxes\"}");
  }

  @Test
  void aFollowerGoesOnWhereItWas() throws Exception {
    order("order-5", "piano", 1);

    HttpResponse<String> events =
        send(follow("order-5", "text/event-stream").header("Last-Event-ID", "1"));
    HttpResponse<String> lines = send(follow("order-5", "application/x-ndjson"));

    assertThat(events.body()).contains("id: 2\n", "event: REFUSED").doesNotContain("id: 1\n");
    assertThat(lines.body().lines()).hasSize(2).last().asString().startsWith("{\"number\":2,");
    assertThat(send(follow("order-5", "text/event-stream").header("Last-Event-ID", "2")).body())
        .doesNotContain("id: ");
  }

  @Test
  void anOrderThatNobodyHasHeardOfCannotBeFollowed() throws Exception {
    HttpResponse<String> reply = send(follow("nothing", "text/event-stream"));

    assertThat(reply.statusCode()).isEqualTo(422);
    assertThat(reply.body()).contains("there is no order 'nothing'");
    assertThat(report("nothing", "PACKED", "").statusCode()).isEqualTo(422);
  }

  private static HttpRequest.Builder follow(String order, String accept) {
    return HttpRequest.newBuilder(http("/orders/" + order + "/status")).header("Accept", accept);
  }

  private static HttpResponse<String> report(String order, String step, String note)
      throws Exception {
    String body = "{\"step\":\"" + step + "\",\"note\":\"" + note + "\"}";
    return send(
        HttpRequest.newBuilder(http("/orders/" + order + "/status"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static MeshNode node(String name, String services, String seeds, Config own) {
    return StorefrontApp.shop(folder.resolve("orders.log"))
        .config(own.withFallback(ConfigFactory.load()))
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

  /** Others dial the tap, which dials the port that is listened on. */
  private static Config throughTap() {
    return ConfigFactory.parseString("actormesh.link { port = " + tap.port() + ", bind-port = 0 }");
  }

  private static int pianos() throws Exception {
    String body = get(http("/stock/piano")).body();
    return Integer.parseInt(body.replaceAll(".*\"available\":(\\d+).*", "$1"));
  }

  private static HttpResponse<String> order(String id, String sku, int quantity) throws Exception {
    String body =
        "{\"orderId\":\""
            + id
            + "\",\"lines\":[{\"sku\":\""
            + sku
            + "\",\"quantity\":"
            + quantity
            + "}]}";
    HttpRequest request =
        HttpRequest.newBuilder(http("/checkout"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static URI http(String path) {
    return URI.create("http://127.0.0.1:" + front.httpPort().orElseThrow() + path);
  }

  private static URI admin(String path) {
    return URI.create("http://127.0.0.1:" + front.adminPort() + path);
  }
}
