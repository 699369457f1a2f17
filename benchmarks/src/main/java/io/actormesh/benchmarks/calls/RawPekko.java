package io.actormesh.benchmarks.calls;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Routers;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/** What a Java team writes with Pekko alone: receptionist, group router, ask. */
final class RawPekko {

  private static final ServiceKey<Echo.Command> KEY = ServiceKey.create(Echo.Command.class, "echo");
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private RawPekko() {}

  static ActorSystem<Void> server(int seed) {
    return ActorSystem.create(
        Behaviors.setup(
            context -> {
              ActorRef<Echo.Command> echo = context.spawn(Echo.create(), "echo");
              context.getSystem().receptionist().tell(Receptionist.register(KEY, echo));
              return Behaviors.empty();
            }),
        "raw",
        BenchConfig.pekko(0, seed));
  }

  static ActorSystem<Echo.Command> client(int port) {
    return ActorSystem.create(
        Routers.group(KEY).withRoundRobinRouting(), "raw", BenchConfig.pekko(port, port));
  }

  static IntFunction<CompletionStage<Echo.Said>> calls(ActorSystem<Echo.Command> router) {
    return number ->
        AskPattern.ask(
            router,
            replyTo -> new Echo.Say(Echo.TEXT, number, replyTo),
            TIMEOUT,
            router.scheduler());
  }
}
