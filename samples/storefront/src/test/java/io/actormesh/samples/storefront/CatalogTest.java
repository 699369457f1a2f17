package io.actormesh.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.samples.storefront.Catalog.Browse;
import io.actormesh.samples.storefront.Catalog.Find;
import io.actormesh.samples.storefront.Catalog.Product;
import io.actormesh.samples.storefront.Catalog.Products;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.Test;

class CatalogTest {

  private final BehaviorTestKit<Catalog.Command> catalog = BehaviorTestKit.create(Catalog.create());

  @Test
  void findsWhatTheShopSells() {
    assertThat(find("mug").getValue()).isEqualTo(new Product("mug", "Mug", 900));
  }

  @Test
  void refusesWhatTheShopDoesNotSell() {
    assertThat(find("boat").getError()).hasMessage("the shop does not sell 'boat'");
  }

  @Test
  void listsEverything() {
    TestInbox<Products> replies = TestInbox.create();

    catalog.run(new Browse(replies.getRef()));

    assertThat(replies.receiveMessage().products()).isEqualTo(Catalog.PRODUCTS);
  }

  private StatusReply<Product> find(String sku) {
    TestInbox<StatusReply<Product>> replies = TestInbox.create();
    catalog.run(new Find(sku, replies.getRef()));
    return replies.receiveMessage();
  }
}
