package io.actormesh.samples.storefront;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many of each product are there. Not thread-safe: it belongs to one actor. */
final class Shelf {

  private final Map<String, Integer> available;

  Shelf(Map<String, Integer> available) {
    this.available = new HashMap<>(available);
  }

  int available(String sku) {
    return available.getOrDefault(sku, 0);
  }

  /** Takes all of it, or nothing and says what is missing. */
  Optional<String> take(List<Line> lines) {
    Map<String, Integer> wanted = perProduct(lines);
    for (Map.Entry<String, Integer> want : wanted.entrySet()) {
      int left = available(want.getKey());
      if (want.getValue() > left) {
        return Optional.of("only " + left + " of '" + want.getKey() + "' left");
      }
    }
    wanted.forEach((sku, quantity) -> available.merge(sku, -quantity, Integer::sum));
    return Optional.empty();
  }

  void putBack(List<Line> lines) {
    perProduct(lines).forEach((sku, quantity) -> available.merge(sku, quantity, Integer::sum));
  }

  /** The same product may be on several lines. */
  private static Map<String, Integer> perProduct(List<Line> lines) {
    Map<String, Integer> quantities = new HashMap<>();
    lines.forEach(line -> quantities.merge(line.sku(), line.quantity(), Integer::sum));
    return quantities;
  }
}
