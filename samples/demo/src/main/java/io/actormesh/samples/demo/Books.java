package io.actormesh.samples.demo;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The books of all warehouses, now and at the last stocktake. */
final class Books {

  private static final int TRIES = 200;
  private static final Pattern CLOSING =
      Pattern.compile("(warehouse-\\S+) closes: (\\d+) units taken, (\\d+) put back");

  private Map<String, Ledger> before = Map.of();
  private Map<String, Ledger> now = Map.of();

  /** Reads the books of the warehouses that are open: each answers for itself, at random. */
  void read(Stage stage) {
    List<Node> alive = stage.alive();
    URI address = alive.get(0).http().resolve("/ledger");
    Map<String, Ledger> seen = new HashMap<>();
    for (int tries = 0; tries < TRIES && seen.size() < alive.size(); tries++) {
      stage.admin().get(address).map(Ledger::of).ifPresent(l -> seen.put(l.warehouse(), l));
    }
    now = seen;
  }

  Map<String, Ledger> open() {
    return now;
  }

  /** The warehouses that are not open any more, among these and those of the last stocktake. */
  Set<String> closed(Set<String> known) {
    Set<String> closed = new HashSet<>(before.keySet());
    closed.addAll(known);
    closed.removeAll(now.keySet());
    return closed;
  }

  /** Units that have left all shelves since the last stocktake; nothing if a warehouse was lost. */
  Optional<Integer> unitsGone(Set<String> closed, List<Node> nodes) {
    int units = now.values().stream().mapToInt(ledger -> net(ledger) - netBefore(ledger)).sum();
    for (String warehouse : closed) {
      Optional<Integer> closing = closing(warehouse, nodes);
      if (closing.isEmpty()) {
        return Optional.empty();
      }
      units += closing.get() - Optional.ofNullable(before.get(warehouse)).map(Books::net).orElse(0);
    }
    return Optional.of(units);
  }

  /** The next stocktake starts from here. */
  void close() {
    before = now;
  }

  private int netBefore(Ledger ledger) {
    Ledger then = before.get(ledger.warehouse());
    return then == null ? 0 : net(then);
  }

  private static int net(Ledger ledger) {
    return Ledger.sum(ledger.taken()) - Ledger.sum(ledger.putBack());
  }

  /** What a warehouse said when it closed in good order. */
  private static Optional<Integer> closing(String warehouse, List<Node> nodes) {
    return nodes.stream()
        .flatMap(node -> node.logLines().stream())
        .map(CLOSING::matcher)
        .filter(Matcher::find)
        .filter(line -> line.group(1).equals(warehouse))
        .map(line -> Integer.parseInt(line.group(2)) - Integer.parseInt(line.group(3)))
        .findFirst();
  }
}
