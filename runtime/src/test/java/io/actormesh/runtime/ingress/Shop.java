package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** The service of these tests. */
final class Shop {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("shop", Command.class);

  static final ExposedService<Command> EXPOSED =
      ExposedService.of(
          CONTRACT,
          http ->
              http.get("/orders/{id}", GetOrder.class)
                  .delete("/orders/{id}", CancelOrder.class)
                  .put("/orders/{customer}{?dryRun}", PlaceOrder.class)
                  .get("/orders{?customer,tags}", FindOrders.class)
                  .patch("/notes", Note.class));

  private Shop() {}

  sealed interface Command {}

  record Greet(String name, @Nullable ActorRef<Greeting> replyTo) implements Command {}

  record Greeting(String text) {}

  record Note(String text) implements Command {}

  record GetOrder(long id, @Nullable ActorRef<StatusReply<Order>> replyTo) implements Command {}

  record CancelOrder(long id, @Nullable ActorRef<Done> replyTo) implements Command {}

  record PlaceOrder(
      String customer,
      List<Line> lines,
      Optional<Boolean> dryRun,
      @Nullable ActorRef<Order> replyTo)
      implements Command {}

  record FindOrders(String customer, List<String> tags, @Nullable ActorRef<Greeting> replyTo)
      implements Command {}

  record Line(String item, int quantity) {}

  record Order(long id, List<Line> lines) {}
}
