package io.actormesh.samples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Customers wait outside while their receipts are held against the books. */
final class StocktakeAct implements Act {

  /** Goods of refused orders are put back after the customer has been told. */
  private static final Duration TO_SETTLE = Duration.ofSeconds(5);

  private static final int SHOWN = 5;

  private final Books books;
  private final long[] sinceNanos;

  /** The next one shares these two, so that it takes up where this one stopped. */
  StocktakeAct(Books books, long[] sinceNanos) {
    this.books = books;
    this.sinceNanos = sinceNanos;
  }

  @Override
  public String title() {
    return "stocktake";
  }

  @Override
  public ActReport play(Stage stage) {
    List<ActReport> reports = new ArrayList<>();
    stage.traffic().whileNobodyShops(() -> reports.add(compare(stage)));
    return reports.get(0);
  }

  private ActReport compare(Stage stage) {
    List<Outcome> orders =
        stage.outcomes().since(sinceNanos[0]).stream()
            .filter(outcome -> outcome.order() != null)
            .toList();
    stage.await(TO_SETTLE, () -> wrong(stage, orders).isEmpty());
    List<String> wrong = wrong(stage, orders);
    Audit audit = audit(orders);
    sinceNanos[0] = System.nanoTime();
    books.close();
    List<String> shown = wrong.stream().limit(SHOWN).collect(Collectors.toList());
    if (wrong.size() > SHOWN) {
      shown.add("… and " + (wrong.size() - SHOWN) + " more.");
    }
    return new ActReport(told(audit), shown);
  }

  private List<String> told(Audit audit) {
    String text =
        Text.count(audit.orders(), "order fits", "orders fit")
            + " the books of "
            + books.open().size()
            + " warehouses.";
    return List.of(
        audit.unknown() == 0
            ? text
            : text
                + " Of "
                + Text.count(audit.unknown(), "order", "orders")
                + " the customer cannot know the outcome; "
                + audit.unknownDone()
                + " had been placed as far as the open books tell.");
  }

  private List<String> wrong(Stage stage, List<Outcome> orders) {
    books.read(stage);
    Audit audit = audit(orders);
    List<String> wrong = new ArrayList<>(audit.wrong());
    Optional<Integer> gone = books.unitsGone(closed(orders), stage.nodes());
    gone.filter(units -> units < audit.unitsSold())
        .or(() -> gone.filter(units -> units > audit.unitsSold() + audit.unitsUnseen()))
        .ifPresent(
            units ->
                wrong.add(units + " units left the shelves, " + audit.unitsSold() + " were sold."));
    if (books.open().size() < stage.alive().size()) {
      wrong.add("Only " + books.open().size() + " warehouses showed their books.");
    }
    return wrong;
  }

  private Audit audit(List<Outcome> orders) {
    return Audit.of(orders, books.open().values(), closed(orders));
  }

  private Set<String> closed(List<Outcome> orders) {
    return books.closed(
        orders.stream()
            .filter(outcome -> outcome.ending() == Outcome.Ending.ANSWERED)
            .map(Outcome::code)
            .collect(Collectors.toSet()));
  }
}
