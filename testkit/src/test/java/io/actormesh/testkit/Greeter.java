package io.actormesh.testkit;

import io.actormesh.runtime.contract.ServiceContract;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A service as users write one. */
final class Greeter {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("greeter", Command.class);

  sealed interface Command {}

  record Greet(String name, ActorRef<Greeting> replyTo) implements Command {}

  record Greeting(String text) {}

  private Greeter() {}

  static Behavior<Command> create() {
    return Behaviors.receive(Command.class).onMessage(Greet.class, Greeter::greet).build();
  }

  private static Behavior<Command> greet(Greet message) {
    message.replyTo().tell(new Greeting("Hello, " + message.name()));
    return Behaviors.same();
  }
}
