package io.actormesh.samples.storefront;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Units moved for each of the most recent orders. Bounded: an actor must not remember for ever. Not
 * thread-safe.
 */
final class Movements {

  private static final int REMEMBERED = 50_000;

  private final Map<String, Integer> unitsByOrder = new LinkedHashMap<>();
  private long units;

  boolean knows(String orderId) {
    return unitsByOrder.containsKey(orderId);
  }

  void record(String orderId, List<Line> lines) {
    if (knows(orderId)) {
      return;
    }
    int moved = lines.stream().mapToInt(Line::quantity).sum();
    unitsByOrder.put(orderId, moved);
    units += moved;
    if (unitsByOrder.size() > REMEMBERED) {
      unitsByOrder.remove(unitsByOrder.keySet().iterator().next());
    }
  }

  /** Of all orders ever. */
  long units() {
    return units;
  }

  Map<String, Integer> unitsByOrder() {
    return Map.copyOf(unitsByOrder);
  }
}
