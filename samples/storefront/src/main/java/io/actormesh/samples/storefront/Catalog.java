package io.actormesh.samples.storefront;

import io.actormesh.runtime.contract.OperationBuilder;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;

/** What the shop sells. It only reads, so asking twice does no harm. */
public final class Catalog {

  public static final ServiceContract<Command> CONTRACT =
      ServiceContract.builder("catalog", Command.class)
          .operation(Find.class, OperationBuilder::idempotent)
          .operation(Browse.class, OperationBuilder::idempotent)
          .build();

  /** Everything the shop sells. */
  public static final List<Product> PRODUCTS =
      List.of(
          new Product("mug", "Mug", 900),
          new Product("lamp", "Desk lamp", 4_900),
          new Product("chair", "Chair", 18_900),
          new Product("rug", "Rug", 12_500),
          new Product("piano", "Grand piano", 2_900_000));

  public sealed interface Command {}

  /** Looks a product up; refused if the shop does not sell it. */
  public record Find(String sku, ActorRef<StatusReply<Product>> replyTo) implements Command {}

  /** Lists all products. */
  public record Browse(ActorRef<Products> replyTo) implements Command {}

  /**
   * A product.
   *
   * @param sku its short name
   * @param cents its price
   */
  public record Product(String sku, String title, long cents) {}

  public record Products(List<Product> products) {}

  private final Map<String, Product> bySku;

  private Catalog(List<Product> products) {
    this.bySku = products.stream().collect(Collectors.toMap(Product::sku, Function.identity()));
  }

  public static Behavior<Command> create() {
    Catalog catalog = new Catalog(PRODUCTS);
    return Behaviors.receive(Command.class)
        .onMessage(Find.class, catalog::onFind)
        .onMessage(Browse.class, Catalog::onBrowse)
        .build();
  }

  private Behavior<Command> onFind(Find find) {
    Product product = bySku.get(find.sku());
    find.replyTo()
        .tell(
            product == null
                ? StatusReply.error("the shop does not sell '" + find.sku() + "'")
                : StatusReply.success(product));
    return Behaviors.same();
  }

  private static Behavior<Command> onBrowse(Browse browse) {
    browse.replyTo().tell(new Products(PRODUCTS));
    return Behaviors.same();
  }
}
