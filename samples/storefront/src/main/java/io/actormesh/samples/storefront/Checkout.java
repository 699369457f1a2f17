package io.actormesh.samples.storefront;

import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.samples.storefront.Inventory.Reserved;
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

  private final ActorContext<Command> context;
  private final Stock stock;
  private final Prices prices;

  private Checkout(ActorContext<Command> context, Stock stock, Prices prices) {
    this.context = context;
    this.stock = stock;
    this.prices = prices;
  }

  public static Behavior<Command> create(Stock stock, Prices prices) {
    return Behaviors.setup(context -> new Checkout(context, stock, prices).behavior());
  }

  private Behavior<Command> behavior() {
    return Behaviors.receive(Command.class)
        .onMessage(PlaceOrder.class, this::onPlaceOrder)
        .onMessage(StockAnswered.class, this::onStockAnswered)
        .onMessage(PriceAnswered.class, this::onPriceAnswered)
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
      order.replyTo().tell(refused("not reserved", answer.failure()));
      return Behaviors.same();
    }
    context.pipeToSelf(
        prices.quote(order.lines(), order.replyTo()),
        (price, failure) -> new PriceAnswered(order, reserved, price, failure));
    return Behaviors.same();
  }

  private Behavior<Command> onPriceAnswered(PriceAnswered answer) {
    PlaceOrder order = answer.order();
    Price price = answer.price();
    if (price == null) {
      order.replyTo().tell(refused("not priced", answer.failure()));
      putBack(order);
      return Behaviors.same();
    }
    String warehouse = answer.reserved().warehouse();
    order
        .replyTo()
        .tell(StatusReply.success(new Receipt(order.orderId(), warehouse, price.cents())));
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

  private static StatusReply<Receipt> refused(String step, @Nullable Throwable failure) {
    return StatusReply.error(step + ": " + (failure == null ? "no answer" : Reasons.of(failure)));
  }
}
