package io.actormesh.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.samples.storefront.Checkout.PlaceOrder;
import io.actormesh.samples.storefront.Checkout.Receipt;
import io.actormesh.samples.storefront.Inventory.Reserved;
import io.actormesh.samples.storefront.Pricing.Price;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CheckoutTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final List<Line> MUGS = List.of(new Line("mug", 2));

  private final TestProbe<StatusReply<Receipt>> customer = KIT.createTestProbe();
  private final List<String> moves = new CopyOnWriteArrayList<>();
  private final List<String> history = new CopyOnWriteArrayList<>();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void answersWithWarehouseAndPrice() {
    StatusReply<Receipt> reply =
        order(CompletableFuture.completedStage(new Price(1_800)), reserved());

    assertThat(reply.getValue()).isEqualTo(new Receipt("order-1", "north", 1_800));
    assertThat(moves).containsExactly("reserve order-1");
    assertThat(history).containsExactly("order-1 RESERVED north", "order-1 PLACED 1800 cents");
  }

  @Test
  void putsTheGoodsBackWhenPricingFails() {
    StatusReply<Receipt> reply = order(failed("no price"), reserved());

    assertThat(reply.getError()).hasMessage("not priced: no price");
    await()
        .untilAsserted(
            () -> assertThat(moves).containsExactly("reserve order-1", "put back order-1"));
    assertThat(history)
        .containsExactly("order-1 RESERVED north", "order-1 REFUSED not priced: no price");
  }

  @Test
  void leavesTheShelfAloneWhenNothingCouldBeReserved() {
    StatusReply<Receipt> reply = order(failed("never asked"), failed("only 1 left"));

    assertThat(reply.getError()).hasMessage("not reserved: only 1 left");
    assertThat(moves).containsExactly("reserve order-1");
    assertThat(history).containsExactly("order-1 REFUSED not reserved: only 1 left");
  }

  private StatusReply<Receipt> order(
      CompletionStage<Price> price, CompletionStage<Reserved> reservation) {
    Checkout.Stock stock = new RecordingStock(moves, reservation);
    KIT.spawn(Checkout.create(stock, (lines, order) -> price, this::write))
        .tell(new PlaceOrder("order-1", MUGS, customer.getRef()));
    return customer.receiveMessage();
  }

  private CompletionStage<Done> write(String orderId, Orders.Step step, String note) {
    history.add(orderId + " " + step + " " + note);
    return CompletableFuture.completedStage(Done.getInstance());
  }

  private static CompletionStage<Reserved> reserved() {
    return CompletableFuture.completedStage(new Reserved("north"));
  }

  private static <T> CompletionStage<T> failed(String reason) {
    return CompletableFuture.failedStage(new IllegalStateException(reason));
  }

  private record RecordingStock(List<String> moves, CompletionStage<Reserved> reservation)
      implements Checkout.Stock {
    @Override
    public CompletionStage<Reserved> reserve(String orderId, List<Line> lines) {
      moves.add("reserve " + orderId);
      return reservation;
    }

    @Override
    public CompletionStage<Done> putBack(String orderId, List<Line> lines) {
      moves.add("put back " + orderId);
      return CompletableFuture.completedStage(Done.getInstance());
    }
  }
}
