package io.actormesh.samples.storefront;

import io.actormesh.runtime.contract.OperationBuilder;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.samples.storefront.Catalog.Product;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** What a basket costs. Asks the catalog; pricing a basket twice does no harm. */
public final class Pricing {

  public static final ServiceContract<Command> CONTRACT =
      ServiceContract.builder("pricing", Command.class)
          .operation(Quote.class, OperationBuilder::idempotent)
          .build();

  public sealed interface Command {}

  /** Prices a basket; refused if the shop does not sell something of it, or not that much. */
  public record Quote(List<Line> lines, ActorRef<StatusReply<Price>> replyTo) implements Command {}

  public record Price(long cents) {}

  /** What the actor tells itself: not part of the contract. */
  private sealed interface Internal extends Command {}

  private record Summed(
      ActorRef<StatusReply<Price>> replyTo, @Nullable Long cents, @Nullable Throwable failure)
      implements Internal {}

  /** What pricing needs of the catalog. */
  @FunctionalInterface
  public interface Products {
    CompletionStage<Product> find(String sku);
  }

  private static final long HIGHEST_CENTS = 1_000_000;

  private final ActorContext<Command> context;
  private final Products products;

  private Pricing(ActorContext<Command> context, Products products) {
    this.context = context;
    this.products = products;
  }

  public static Behavior<Command> create(Products products) {
    return Behaviors.setup(context -> new Pricing(context, products).behavior());
  }

  private Behavior<Command> behavior() {
    return Behaviors.receive(Command.class)
        .onMessage(Quote.class, this::onQuote)
        .onMessage(Summed.class, Pricing::onSummed)
        .build();
  }

  private Behavior<Command> onQuote(Quote quote) {
    CompletionStage<Long> sum = CompletableFuture.completedStage(0L);
    for (Line line : quote.lines()) {
      sum =
          sum.thenCombine(
              products.find(line.sku()),
              (cents, product) -> cents + product.cents() * line.quantity());
    }
    context.pipeToSelf(sum, (cents, failure) -> new Summed(quote.replyTo(), cents, failure));
    return Behaviors.same();
  }

  private static Behavior<Command> onSummed(Summed summed) {
    summed.replyTo().tell(answer(summed.cents(), summed.failure()));
    return Behaviors.same();
  }

  private static StatusReply<Price> answer(@Nullable Long cents, @Nullable Throwable failure) {
    if (cents == null) {
      return StatusReply.error(failure == null ? "no price" : Reasons.of(failure));
    }
    return cents > HIGHEST_CENTS
        ? StatusReply.error("orders over " + HIGHEST_CENTS / 100 + " are taken by phone only")
        : StatusReply.success(new Price(cents));
  }
}
