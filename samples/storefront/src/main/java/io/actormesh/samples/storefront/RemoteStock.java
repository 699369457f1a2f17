package io.actormesh.samples.storefront;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.samples.storefront.Inventory.PutBack;
import io.actormesh.samples.storefront.Inventory.Reserve;
import io.actormesh.samples.storefront.Inventory.Reserved;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * The inventory, wherever it runs.
 *
 * @param inventory calls it
 */
record RemoteStock(ServiceClient<Inventory.Command> inventory) implements Checkout.Stock {

  private static final Duration TO_PUT_BACK = Duration.ofSeconds(10);

  @Override
  public CompletionStage<Reserved> reserve(String orderId, List<Line> lines) {
    return inventory.askWithStatus(replyTo -> new Reserve(orderId, lines, replyTo));
  }

  @Override
  public CompletionStage<Done> putBack(String orderId, List<Line> lines) {
    // The order's own time may be what has run out.
    return inventory.detached(TO_PUT_BACK).tell(new PutBack(orderId, lines));
  }
}
