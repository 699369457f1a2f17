package io.actormesh.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * The books of a warehouse, in units by order.
 *
 * @param warehouse which one
 * @param taken off its shelf
 * @param putBack on its shelf
 */
record Ledger(String warehouse, Map<String, Integer> taken, Map<String, Integer> putBack) {

  static Ledger of(JsonNode page) {
    return new Ledger(
        page.path("warehouse").asText(), units(page.path("taken")), units(page.path("putBack")));
  }

  static int sum(Map<String, Integer> units) {
    return units.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Map<String, Integer> units(JsonNode byOrder) {
    Map<String, Integer> units = new HashMap<>();
    byOrder.properties().forEach(entry -> units.put(entry.getKey(), entry.getValue().asInt()));
    return units;
  }
}
