package io.actormesh.samples.storefront;

import io.actormesh.samples.storefront.OrderLog.Entry;
import io.actormesh.samples.storefront.Orders.OrderStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statuses of the most recent orders, numbered from 1 in each. It is made of the log alone, so
 * the books of all nodes give a status the same number. Not thread-safe.
 */
final class OrderBook {

  private static final int REMEMBERED = 10_000;

  private final Map<String, List<OrderStatus>> byOrder = new LinkedHashMap<>();

  /** What has been written already, or after the end of an order, changes nothing. */
  void add(Entry entry) {
    List<OrderStatus> statuses =
        byOrder.computeIfAbsent(entry.orderId(), order -> new ArrayList<>());
    if (find(entry).isEmpty() && !isOver(entry.orderId())) {
      statuses.add(new OrderStatus(statuses.size() + 1, entry.step(), entry.note()));
    }
    if (byOrder.size() > REMEMBERED) {
      byOrder.remove(byOrder.keySet().iterator().next());
    }
  }

  boolean knows(String orderId) {
    return byOrder.containsKey(orderId);
  }

  /** Nothing happens to it any more. */
  boolean isOver(String orderId) {
    List<OrderStatus> statuses = byOrder.getOrDefault(orderId, List.of());
    return !statuses.isEmpty() && statuses.get(statuses.size() - 1).step().last();
  }

  /** The status that this was written as. */
  Optional<OrderStatus> find(Entry entry) {
    return byOrder.getOrDefault(entry.orderId(), List.of()).stream()
        .filter(known -> known.step() == entry.step() && known.note().equals(entry.note()))
        .findFirst();
  }

  /** What happened to an order after the status of this number; 0 for all of it. */
  List<OrderStatus> after(String orderId, int number) {
    List<OrderStatus> statuses = byOrder.getOrDefault(orderId, List.of());
    int from = Math.max(0, Math.min(number, statuses.size()));
    return List.copyOf(statuses.subList(from, statuses.size()));
  }
}
