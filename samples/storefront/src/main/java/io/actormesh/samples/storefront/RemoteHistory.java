package io.actormesh.samples.storefront;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.samples.storefront.Orders.OrderStatus;
import io.actormesh.samples.storefront.Orders.Report;
import io.actormesh.samples.storefront.Orders.Step;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order service, wherever it runs.
 *
 * @param orders calls it
 */
record RemoteHistory(ServiceClient<Orders.Command> orders) implements Checkout.History {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteHistory.class);

  /** Much less than an order may take: what is done must not fail for want of a note about it. */
  private static final Duration TO_WRITE = Duration.ofSeconds(1);

  @Override
  public CompletionStage<Done> write(String orderId, Step step, String note) {
    return orders
        .detached(TO_WRITE)
        .<OrderStatus>askWithStatus(replyTo -> new Report(orderId, step, note, replyTo))
        .handle(
            (written, failure) -> {
              if (failure != null) {
                LOG.warn("{} of {} is not written down: {}", step, orderId, Reasons.of(failure));
              }
              return Done.getInstance();
            });
  }
}
