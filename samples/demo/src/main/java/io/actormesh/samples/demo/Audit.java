package io.actormesh.samples.demo;

import io.actormesh.samples.demo.Errand.Order;
import io.actormesh.samples.demo.Outcome.Ending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds every order against the books of the warehouses that are open: a placed order was taken
 * once and from the warehouse on the receipt, a refused one was put back, one that provably was not
 * begun is nowhere. What closed warehouses had in their books is not known, and allowed for.
 */
final class Audit {

  private final Collection<Ledger> open;
  private final boolean someClosed;
  private final List<String> wrong = new ArrayList<>();
  private int orders;
  private int unknown;
  private int unknownDone;
  private int unitsSold;
  private int unitsUnseen;

  private Audit(Collection<Ledger> open, boolean someClosed) {
    this.open = open;
    this.someClosed = someClosed;
  }

  static Audit of(List<Outcome> outcomes, Collection<Ledger> open, Set<String> closed) {
    Audit audit = new Audit(open, !closed.isEmpty());
    outcomes.forEach(audit::check);
    return audit;
  }

  /** What does not fit, in sentences. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  int orders() {
    return orders;
  }

  /** Orders whose customers were not told whether they are placed. */
  int unknown() {
    return unknown;
  }

  /** Those of them that turned out to be placed. */
  int unknownDone() {
    return unknownDone;
  }

  /** Units that left the shelves for good. */
  int unitsSold() {
    return unitsSold;
  }

  /** Units of orders of which neither the customer nor an open warehouse knows anything. */
  int unitsUnseen() {
    return unitsUnseen;
  }

  private void check(Outcome outcome) {
    Order order = outcome.order();
    if (order == null) {
      return;
    }
    orders++;
    Set<String> taken = warehouses(order, true);
    Set<String> putBack = warehouses(order, false);
    if (taken.size() > 1 || putBack.size() > 1) {
      wrong.add(order.id() + " was taken at " + taken + " and put back at " + putBack + ".");
    }
    if (outcome.ending() == Ending.ANSWERED) {
      checkPlaced(order, outcome.code(), taken, putBack);
    } else if (outcome.ending() == Ending.REFUSED) {
      checkRefused(order, taken, putBack);
    } else if (outcome.started().equals("no")) {
      checkNotBegun(order, taken);
    } else {
      countUnknown(order, taken, putBack);
    }
  }

  private void checkPlaced(Order order, String warehouse, Set<String> taken, Set<String> putBack) {
    boolean isOpen = open.stream().anyMatch(ledger -> ledger.warehouse().equals(warehouse));
    if (!taken.equals(isOpen ? Set.of(warehouse) : Set.of()) || !putBack.isEmpty()) {
      wrong.add(
          order.id()
              + ", placed, was taken at "
              + taken
              + " (the receipt says "
              + warehouse
              + ") and put back at "
              + putBack
              + ".");
    }
    unitsSold += order.units();
  }

  private void checkRefused(Order order, Set<String> taken, Set<String> putBack) {
    if (taken.size() != putBack.size() && !someClosed) {
      wrong.add(
          order.id() + ", refused, was taken at " + taken + " and put back at " + putBack + ".");
    }
  }

  private void checkNotBegun(Order order, Set<String> taken) {
    if (!taken.isEmpty()) {
      wrong.add(order.id() + " was said not to have begun, but was taken at " + taken + ".");
    }
  }

  private void countUnknown(Order order, Set<String> taken, Set<String> putBack) {
    unknown++;
    if (taken.isEmpty()) {
      unitsUnseen += order.units();
    } else if (putBack.isEmpty()) {
      unknownDone++;
      unitsSold += order.units();
    }
  }

  private Set<String> warehouses(Order order, boolean taken) {
    return open.stream()
        .filter(ledger -> (taken ? ledger.taken() : ledger.putBack()).containsKey(order.id()))
        .map(Ledger::warehouse)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
