package io.actormesh.samples.demo;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wants.
 *
 * @param operation the service and operation behind it
 * @param path where to ask
 * @param body what to send; null to GET
 * @param order the order to be placed; null for every other errand
 */
record Errand(String operation, String path, @Nullable String body, @Nullable Order order) {

  /** What a call may take, as the front door is told. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  /** When a customer gives up: the mesh ought to have answered long before. */
  static final Duration PATIENCE = DEADLINE.plusSeconds(1);

  /** How many services the shop has. */
  static final int SERVICES = 5;

  private static final List<String> SKUS = List.of("mug", "lamp", "chair", "rug");
  private static final int ONE_PIANO_IN = 20;

  /**
   * An order.
   *
   * @param id unique
   * @param units how many pieces
   * @param tooLarge whether pricing must refuse it
   */
  record Order(String id, int units, boolean tooLarge) {}

  /** One of those that people have in a shop: looking around more often than buying. */
  static Errand random(RandomGenerator random, String orderId) {
    int dice = random.nextInt(100);
    String sku = SKUS.get(random.nextInt(SKUS.size()));
    if (dice < 35) {
      return new Errand("catalog/find", "/catalog/" + sku, null, null);
    }
    if (dice < 45) {
      return new Errand("catalog/browse", "/catalog", null, null);
    }
    if (dice < 60) {
      return new Errand("inventory/level", "/stock/" + sku, null, null);
    }
    int quantity = 1 + random.nextInt(3);
    if (dice < 75) {
      String body = "{\"lines\":" + lines(sku, quantity) + "}";
      return new Errand("pricing/quote", "/pricing/quote", body, null);
    }
    return order(random.nextInt(ONE_PIANO_IN) == 0 ? "piano" : sku, quantity, orderId);
  }

  /** The request at this front door. */
  HttpRequest at(URI door) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(door.resolve(path))
            .timeout(PATIENCE)
            .header("Mesh-Deadline", DEADLINE.toSeconds() + "s");
    return body == null
        ? request.GET().build()
        : request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
  }

  /** Buys so many of a product. */
  static Errand order(String sku, int quantity, String orderId) {
    String body = "{\"orderId\":\"" + orderId + "\",\"lines\":" + lines(sku, quantity) + "}";
    Order order = new Order(orderId, quantity, sku.equals("piano"));
    return new Errand("checkout/place-order", "/checkout", body, order);
  }

  private static String lines(String sku, int quantity) {
    return "[{\"sku\":\"" + sku + "\",\"quantity\":" + quantity + "}]";
  }
}
