package io.actormesh.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.samples.storefront.Inventory.Audit;
import io.actormesh.samples.storefront.Inventory.Ledger;
import io.actormesh.samples.storefront.Inventory.Level;
import io.actormesh.samples.storefront.Inventory.PutBack;
import io.actormesh.samples.storefront.Inventory.Reserve;
import io.actormesh.samples.storefront.Inventory.Reserved;
import io.actormesh.samples.storefront.Inventory.StockLevel;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;

class InventoryTest {

  private static final Line TWO_MUGS = new Line("mug", 2);
  private static final Line ONE_LAMP = new Line("lamp", 1);

  private final BehaviorTestKit<Inventory.Command> inventory =
      BehaviorTestKit.create(Inventory.create("north", Map.of("mug", 3, "lamp", 1)));

  @Test
  void takesReservedGoodsOffTheShelf() {
    assertThat(reserve("order-1", TWO_MUGS, ONE_LAMP).getValue()).isEqualTo(new Reserved("north"));

    assertThat(available("mug")).isEqualTo(1);
    assertThat(available("lamp")).isZero();
  }

  @Test
  void takesNothingWhenSomethingIsMissing() {
    assertThat(reserve("order-1", ONE_LAMP, TWO_MUGS, TWO_MUGS).getError())
        .hasMessage("only 3 of 'mug' left");

    assertThat(available("lamp")).isEqualTo(1);
    assertThat(ledger().taken()).isEmpty();
  }

  @Test
  void takesOnceForAnOrderHoweverOftenItIsAsked() {
    reserve("order-1", TWO_MUGS);

    assertThat(reserve("order-1", TWO_MUGS).isSuccess()).isTrue();

    assertThat(available("mug")).isEqualTo(1);
  }

  @Test
  void putsBackOnceForAnOrderHoweverOftenItIsAsked() {
    reserve("order-1", TWO_MUGS);

    inventory.run(new PutBack("order-1", List.of(TWO_MUGS)));
    inventory.run(new PutBack("order-1", List.of(TWO_MUGS)));

    assertThat(available("mug")).isEqualTo(3);
  }

  @Test
  void putsBackWhatAnotherWarehouseHasTaken() {
    inventory.run(new PutBack("order-1", List.of(TWO_MUGS)));

    assertThat(available("mug")).isEqualTo(5);
  }

  @Test
  void keepsALedgerByOrder() {
    reserve("order-1", TWO_MUGS, ONE_LAMP);
    inventory.run(new PutBack("order-1", List.of(TWO_MUGS, ONE_LAMP)));

    assertThat(ledger()).isEqualTo(new Ledger("north", Map.of("order-1", 3), Map.of("order-1", 3)));
  }

  private StatusReply<Reserved> reserve(String orderId, Line... lines) {
    TestInbox<StatusReply<Reserved>> replies = TestInbox.create();
    inventory.run(new Reserve(orderId, List.of(lines), replies.getRef()));
    return replies.receiveMessage();
  }

  private int available(String sku) {
    TestInbox<StockLevel> replies = TestInbox.create();
    inventory.run(new Level(sku, replies.getRef()));
    return replies.receiveMessage().available();
  }

  private Ledger ledger() {
    TestInbox<Ledger> replies = TestInbox.create();
    inventory.run(new Audit(replies.getRef()));
    return replies.receiveMessage();
  }
}
