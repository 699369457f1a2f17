package io.actormesh.samples.greeter;

import io.actormesh.runtime.contract.ServiceContract;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A service: an ordinary typed actor. */
public final class Greeter {
  public static final ServiceContract<Command> CONTRACT =
      ServiceContract.of("greeter", Command.class);

  public sealed interface Command {}

  public record Greet(String name, ActorRef<Greeting> replyTo) implements Command {}

  public record Greeting(String text) {}

  private Greeter() {}

  public static Behavior<Command> create() {
    return Behaviors.receive(Command.class).onMessage(Greet.class, Greeter::onGreet).build();
  }

  private static Behavior<Command> onGreet(Greet greet) {
    greet.replyTo().tell(new Greeting("Hello, " + greet.name() + "!"));
    return Behaviors.same();
  }
}
