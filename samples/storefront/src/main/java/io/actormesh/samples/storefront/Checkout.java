package io.actormesh.samples.storefront;

import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.samples.storefront.Inventory.Reserved;
import io.actormesh.samples.storefront.Orders.Step;
import io.actormesh.samples.storefront.Pricing.Price;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/**
 * Takes orders: reserves the goods, prices the basket, and undoes the reservation when that fails.
 * Whoever follows the order sees each step.
 */
public final class Checkout {

  public static final ServiceContract<Command> CONTRACT =
      ServiceContract.of("checkout", Command.class);

  public sealed interface Command {}

  /**
   * Places an order.
   *
   * @param orderId unique among all orders ever
   */
  public record PlaceOrder(String orderId, List<Line> lines, ActorRef<StatusReply<Receipt>> replyTo)
      implements Command {}

  /**
   * The order is placed.
   *
   * @param warehouse where the goods were taken
   * @param cents what they cost
   */
  public record Receipt(String orderId, String warehouse, long cents) {}

  /** What the actor tells itself: not part of the contract. */
  private sealed interface Internal extends Command {}

  private record StockAnswered(
      PlaceOrder order, @Nullable Reserved reserved, @Nullable Throwable failure)
      implements Internal {}

  private record PriceAnswered(
      PlaceOrder order, Reserved reserved, @Nullable Price price, @Nullable Throwable failure)
      implements Internal {}

  private record Written(PlaceOrder order, StatusReply<Receipt> reply) implements Internal {}

  private record PutBackAnswered(PlaceOrder order, @Nullable Throwable failure)
      implements Internal {}

  /** What checkout needs of the inventory. */
  public interface Stock {
    /** On behalf of the order being received. */
    CompletionStage<Reserved> reserve(String orderId, List<Line> lines);

    /** Outlives the order. */
    CompletionStage<Done> putBack(String orderId, List<Line> lines);
  }

  /** What checkout needs of pricing. */
  @FunctionalInterface
  public interface Prices {
    /**
     * Prices a basket.
     *
     * @param onBehalfOf what the order is answered to
     */
    CompletionStage<Price> quote(List<Line> lines, ActorRef<?> onBehalfOf);
  }

  /** What checkout needs of the order service. */
  @FunctionalInterface
  public interface History {
    /** Writes down what has happened to an order. Never fails: the order goes on without. */
    CompletionStage<Done> write(String orderId, Step step, String note);
  }

  private final ActorContext<Command> context;
  private final Stock stock;
  private final Prices prices;
  private final History history;

  private Checkout(ActorContext<Command> context, Stock stock, Prices prices, History history) {
    this.context = context;
    this.stock = stock;
    this.prices = prices;
    this.history = history;
  }

  public static Behavior<Command> create(Stock stock, Prices prices, History history) {
    return Behaviors.setup(context -> new Checkout(context, stock, prices, history).behavior());
  }

  private Behavior<Command> behavior() {
    return Behaviors.receive(Command.class)
        .onMessage(PlaceOrder.class, this::onPlaceOrder)
        .onMessage(StockAnswered.class, this::onStockAnswered)
        .onMessage(PriceAnswered.class, this::onPriceAnswered)
        .onMessage(Written.class, Checkout::onWritten)
        .onMessage(PutBackAnswered.class, this::onPutBackAnswered)
        .build();
  }

  private Behavior<Command> onPlaceOrder(PlaceOrder order) {
    context.pipeToSelf(
        stock.reserve(order.orderId(), order.lines()),
        (reserved, failure) -> new StockAnswered(order, reserved, failure));
    return Behaviors.same();
  }

  private Behavior<Command> onStockAnswered(StockAnswered answer) {
    PlaceOrder order = answer.order();
    Reserved reserved = answer.reserved();
    if (reserved == null) {
      refuse(order, "not reserved", answer.failure());
      return Behaviors.same();
    }
    CompletionStage<Done> written =
        history.write(order.orderId(), Step.RESERVED, reserved.warehouse());
    context.pipeToSelf(
        prices.quote(order.lines(), order.replyTo()).thenCombine(written, (price, done) -> price),
        (price, failure) -> new PriceAnswered(order, reserved, price, failure));
    return Behaviors.same();
  }

  private Behavior<Command> onPriceAnswered(PriceAnswered answer) {
    PlaceOrder order = answer.order();
    Price price = answer.price();
    if (price == null) {
      refuse(order, "not priced", answer.failure());
      putBack(order);
      return Behaviors.same();
    }
    Receipt receipt = new Receipt(order.orderId(), answer.reserved().warehouse(), price.cents());
    conclude(order, Step.PLACED, price.cents() + " cents", StatusReply.success(receipt));
    return Behaviors.same();
  }

  private void refuse(PlaceOrder order, String step, @Nullable Throwable failure) {
    String reason = step + ": " + (failure == null ? "no answer" : Reasons.of(failure));
    conclude(order, Step.REFUSED, reason, StatusReply.error(reason));
  }

  /** Who has the answer finds it written down. */
  private void conclude(PlaceOrder order, Step step, String note, StatusReply<Receipt> reply) {
    context.pipeToSelf(
        history.write(order.orderId(), step, note), (done, never) -> new Written(order, reply));
  }

  private static Behavior<Command> onWritten(Written written) {
    written.order().replyTo().tell(written.reply());
    return Behaviors.same();
  }

  private void putBack(PlaceOrder order) {
    context.pipeToSelf(
        stock.putBack(order.orderId(), order.lines()),
        (done, failure) -> new PutBackAnswered(order, failure));
  }

  private Behavior<Command> onPutBackAnswered(PutBackAnswered answer) {
    Throwable failure = answer.failure();
    if (failure != null) {
      // Whether it was done is not known: doing it again could put back twice.
      String order = answer.order().orderId();
      context.getLog().warn("Goods of {} may be missing: {}", order, Reasons.of(failure));
    }
    return Behaviors.same();
  }
}
