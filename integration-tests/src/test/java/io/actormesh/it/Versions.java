package io.actormesh.it;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Two versions of one protocol: the newer one has a field more in the request and in the reply. */
@SuppressWarnings("SameNameButDifferent") // two versions
final class Versions {

  private Versions() {}

  interface Old {
    sealed interface Command {}

    record Price(String item, ActorRef<Priced> replyTo) implements Command {}

    record Priced(String item, int cents) {}

    static ServiceContract<Command> contract(String name) {
      return ServiceContract.of(name, Command.class);
    }

    static Behavior<Command> create() {
      return Behaviors.receive(Command.class)
          .onMessage(
              Price.class,
              price -> {
                price.replyTo().tell(new Priced(price.item(), price.item().length()));
                return Behaviors.same();
              })
          .build();
    }
  }

  interface New {
    sealed interface Command {}

    record Price(Optional<String> currency, String item, ActorRef<Priced> replyTo)
        implements Command {}

    record Priced(String item, Optional<String> currency, int cents) {}

    static ServiceContract<Command> contract(String name) {
      return ServiceContract.of(name, Command.class);
    }

    static Behavior<Command> create() {
      return Behaviors.receive(Command.class)
          .onMessage(
              Price.class,
              price -> {
                Optional<String> currency = price.currency().or(() -> Optional.of("assumed"));
                price.replyTo().tell(new Priced(price.item(), currency, price.item().length()));
                return Behaviors.same();
              })
          .build();
    }
  }

  /** Lets a node of the old version call services of the new one. */
  interface Asker {
    sealed interface Command {}

    record Ask(String service, String item, ActorRef<Answer> replyTo) implements Command {}

    record Answer(String text) {}

    sealed interface Internal extends Command {}

    record Back(ActorRef<Answer> replyTo, String text) implements Internal {}

    ServiceContract<Command> CONTRACT = ServiceContract.of("asker", Command.class);
  }
}
