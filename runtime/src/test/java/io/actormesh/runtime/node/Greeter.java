package io.actormesh.runtime.node;

import io.actormesh.runtime.contract.ServiceContract;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The smallest service, for tests of nodes. */
public final class Greeter {

  public static final ServiceContract<Command> CONTRACT =
      ServiceContract.of("greeter", Command.class);

  public sealed interface Command {}

  public record Greet(String name, ActorRef<Greeting> replyTo) implements Command {}

  public record Greeting(String text) {}

  public record Note(String text) implements Command {}

  /** Is never answered. */
  public record Ponder(ActorRef<Greeting> replyTo) implements Command {}

  private Greeter() {}

  public static Behavior<Command> create() {
    return Behaviors.receive(Command.class)
        .onMessage(
            Greet.class,
            greet -> {
              greet.replyTo().tell(new Greeting("Hello, " + greet.name() + "!"));
              return Behaviors.same();
            })
        .onMessage(Ponder.class, ponder -> Behaviors.same())
        .onMessage(Note.class, note -> Behaviors.same())
        .build();
  }
}
