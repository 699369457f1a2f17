package io.actormesh.benchmarks.calls;

import io.actormesh.runtime.contract.ServiceContract;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The service that both contenders call: 47 characters and a number each way. */
public final class Echo {

  public static final ServiceContract<Command> POOL =
      ServiceContract.of("echo-pool", Command.class);
  public static final ServiceContract<Command> LOOP =
      ServiceContract.of("echo-loop", Command.class);
  public static final String TEXT = "The quick brown fox jumps over the lazy dog 123";

  /** The protocol; raw Pekko needs a marker bound to a serializer, the mesh does not look at it. */
  public sealed interface Command extends Wire {}

  /** What raw Pekko's serializer is bound to. */
  public interface Wire {}

  public record Say(String text, int number, ActorRef<Said> replyTo) implements Command {}

  public record Said(String text, int number) implements Wire {}

  private Echo() {}

  /** Answers with what it is told. */
  public static Behavior<Command> create() {
    return Behaviors.receive(Command.class)
        .onMessage(
            Say.class,
            say -> {
              say.replyTo().tell(new Said(say.text(), say.number()));
              return Behaviors.same();
            })
        .build();
  }
}
