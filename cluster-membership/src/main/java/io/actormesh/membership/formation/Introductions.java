package io.actormesh.membership.formation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * What nodes tell each other before one joins the other. Pekko refuses a node that does not fit,
 * but tells its reason to the refusing side alone; this way both can log it.
 */
public final class Introductions {

  private static final String NAME = "actormesh-introductions";
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final ActorSystem<?> system;

  Introductions(ActorSystem<?> system) {
    this.system = system;
  }

  /** Marks what is said; the module's reference.conf binds it to Jackson's CBOR serializer. */
  public sealed interface Message {}

  record Who(ActorRef<Introduced> replyTo) implements Message {}

  record Introduced(Map<String, String> settings) implements Message {}

  /** Answers other nodes from now on; once per actor system. */
  public static void answer(ActorSystem<?> system) {
    Introduced self = new Introduced(CommonSettings.of(system.settings().config()));
    var unused =
        system.systemActorOf(
            answering(self),
            NAME,
            DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher"));
  }

  private static Behavior<Who> answering(Introduced self) {
    return Behaviors.receive(Who.class)
        .onMessage(
            Who.class,
            who -> {
              who.replyTo().tell(self);
              return Behaviors.same();
            })
        .build();
  }

  /** What keeps this node from joining that one; empty also if it does not answer. */
  CompletionStage<List<String>> clashesWith(Address node) {
    ActorRef<Who> there = ActorRefResolver.get(system).resolveActorRef(node + "/system/" + NAME);
    return AskPattern.<Who, Introduced>ask(there, Who::new, TIMEOUT, system.scheduler())
        .thenApply(
            they ->
                CommonSettings.clashes(
                    they.settings(), CommonSettings.of(system.settings().config())))
        .exceptionally(silent -> List.of());
  }
}
