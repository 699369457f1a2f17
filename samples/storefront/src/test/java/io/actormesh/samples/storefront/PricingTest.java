package io.actormesh.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.samples.storefront.Catalog.Product;
import io.actormesh.samples.storefront.Pricing.Price;
import io.actormesh.samples.storefront.Pricing.Quote;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PricingTest {

  private static final ActorTestKit KIT = ActorTestKit.create();

  private final TestProbe<StatusReply<Price>> customer = KIT.createTestProbe();
  private final ActorRef<Pricing.Command> pricing = KIT.spawn(Pricing.create(PricingTest::find));

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void addsUpTheLines() {
    assertThat(quote(new Line("mug", 2), new Line("lamp", 1)).getValue())
        .isEqualTo(new Price(2 * 900 + 4_900));
  }

  @Test
  void refusesWhatTheCatalogDoesNotHave() {
    assertThat(quote(new Line("mug", 2), new Line("boat", 1)).getError()).hasMessage("no boat");
  }

  @Test
  void refusesOrdersThatAreTooLarge() {
    assertThat(quote(new Line("piano", 1)).getError())
        .hasMessage("orders over 10000 are taken by phone only");
  }

  private StatusReply<Price> quote(Line... lines) {
    pricing.tell(new Quote(List.of(lines), customer.getRef()));
    return customer.receiveMessage();
  }

  private static CompletionStage<Product> find(String sku) {
    return Catalog.PRODUCTS.stream()
        .filter(product -> product.sku().equals(sku))
        .findFirst()
        .map(CompletableFuture::completedStage)
        .orElseGet(() -> CompletableFuture.failedStage(new IllegalStateException("no " + sku)));
  }
}
