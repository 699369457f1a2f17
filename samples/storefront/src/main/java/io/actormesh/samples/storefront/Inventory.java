package io.actormesh.samples.storefront;

import io.actormesh.runtime.contract.OperationBuilder;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.slf4j.Logger;

/**
 * What is on the shelves. Each instance is a warehouse with a shelf of its own, in memory: it burns
 * down with its node and opens again fully stocked. Goods of a cancelled order go back to whichever
 * warehouse takes the call.
 *
 * <p>A warehouse takes or puts back once per order, however often it is asked. Another warehouse
 * would do it again, so neither operation is declared idempotent and the mesh never repeats one
 * that may have run.
 */
public final class Inventory {

  public static final ServiceContract<Command> CONTRACT =
      ServiceContract.builder("inventory", Command.class)
          .operation(Level.class, OperationBuilder::idempotent)
          .operation(Audit.class, OperationBuilder::idempotent)
          .build();

  public sealed interface Command {}

  /** Takes goods off a shelf; refused if there are not enough. */
  public record Reserve(String orderId, List<Line> lines, ActorRef<StatusReply<Reserved>> replyTo)
      implements Command {}

  /** Puts goods of a cancelled order on a shelf. One-way: nobody waits for it. */
  public record PutBack(String orderId, List<Line> lines) implements Command {}

  /** How many of a product some warehouse has. */
  public record Level(String sku, ActorRef<StockLevel> replyTo) implements Command {}

  /** What some warehouse has moved. */
  public record Audit(ActorRef<Ledger> replyTo) implements Command {}

  /** The warehouse that the goods were taken from. */
  public record Reserved(String warehouse) {}

  public record StockLevel(String warehouse, String sku, int available) {}

  /**
   * What a warehouse has moved, in units, by the most recent orders.
   *
   * @param warehouse which one
   * @param taken off the shelf
   * @param putBack on the shelf, also what was taken elsewhere
   */
  public record Ledger(
      String warehouse, Map<String, Integer> taken, Map<String, Integer> putBack) {}

  private static final int STOCK = 1_000_000;

  private final String warehouse;
  private final Shelf shelf;
  private final Movements taken = new Movements();
  private final Movements putBack = new Movements();
  private final Logger log;

  private Inventory(String warehouse, Shelf shelf, Logger log) {
    this.warehouse = warehouse;
    this.shelf = shelf;
    this.log = log;
  }

  /** A warehouse with plenty of everything that the catalog has. */
  public static Behavior<Command> create(String warehouse) {
    return create(
        warehouse,
        Catalog.PRODUCTS.stream()
            .collect(Collectors.toMap(Catalog.Product::sku, product -> STOCK)));
  }

  /** A warehouse with this on its shelf. */
  public static Behavior<Command> create(String warehouse, Map<String, Integer> stock) {
    return Behaviors.setup(
        context -> new Inventory(warehouse, new Shelf(stock), context.getLog()).behavior());
  }

  private Behavior<Command> behavior() {
    return Behaviors.receive(Command.class)
        .onMessage(Reserve.class, this::onReserve)
        .onMessage(PutBack.class, this::onPutBack)
        .onMessage(Level.class, this::onLevel)
        .onMessage(Audit.class, this::onAudit)
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<Command> onReserve(Reserve reserve) {
    Optional<String> missing =
        taken.knows(reserve.orderId()) ? Optional.empty() : shelf.take(reserve.lines());
    if (missing.isEmpty()) {
      taken.record(reserve.orderId(), reserve.lines());
    }
    reserve
        .replyTo()
        .tell(
            missing
                .<StatusReply<Reserved>>map(StatusReply::error)
                .orElseGet(() -> StatusReply.success(new Reserved(warehouse))));
    return Behaviors.same();
  }

  private Behavior<Command> onPutBack(PutBack back) {
    if (!putBack.knows(back.orderId())) {
      shelf.putBack(back.lines());
      putBack.record(back.orderId(), back.lines());
    }
    return Behaviors.same();
  }

  private Behavior<Command> onLevel(Level level) {
    int available = shelf.available(level.sku());
    level.replyTo().tell(new StockLevel(warehouse, level.sku(), available));
    return Behaviors.same();
  }

  private Behavior<Command> onAudit(Audit audit) {
    audit.replyTo().tell(new Ledger(warehouse, taken.unitsByOrder(), putBack.unitsByOrder()));
    return Behaviors.same();
  }

  /** The books go with the actor: what they say in the end is worth a line. */
  private Behavior<Command> onStop() {
    log.info("{} closes: {} units taken, {} put back", warehouse, taken.units(), putBack.units());
    return Behaviors.same();
  }
}
