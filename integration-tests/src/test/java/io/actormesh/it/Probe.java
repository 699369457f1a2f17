package io.actormesh.it;

import io.actormesh.runtime.contract.ServiceContract;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.pattern.StatusReply;

/** A service that does whatever a test needs to look at. */
final class Probe {

  static final ServiceContract<Command> CONTRACT =
      ServiceContract.builder("probe", Command.class)
          .operation(Look.class, operation -> operation.idempotent())
          .build();

  sealed interface Command {}

  /** Says what it was told, and who says so. */
  record Echo(String text, int number, List<String> tags, ActorRef<Echoed> replyTo)
      implements Command {}

  record Echoed(String text, int number, List<String> tags, String servedBy) {}

  /** Takes its time; must not be done twice. */
  record Work(int millis, ActorRef<Served> replyTo) implements Command {}

  /** Takes its time, and may be done twice. */
  record Look(int millis, ActorRef<Served> replyTo) implements Command {}

  record Served(String by) {}

  /** Refuses odd numbers. */
  record Check(int number, ActorRef<StatusReply<Served>> replyTo) implements Command {}

  sealed interface Internal extends Command {}

  private record Due(ActorRef<Served> replyTo) implements Internal {}

  private final String node;
  private final TimerScheduler<Command> timers;

  private Probe(String node, TimerScheduler<Command> timers) {
    this.node = node;
    this.timers = timers;
  }

  static Behavior<Command> create(String node) {
    return Behaviors.withTimers(timers -> new Probe(node, timers).receive());
  }

  private Behavior<Command> receive() {
    return Behaviors.receive(Command.class)
        .onMessage(Echo.class, this::echo)
        .onMessage(Work.class, work -> later(work.millis(), work.replyTo()))
        .onMessage(Look.class, look -> later(look.millis(), look.replyTo()))
        .onMessage(Check.class, this::check)
        .onMessage(Due.class, this::due)
        .build();
  }

  private Behavior<Command> echo(Echo message) {
    message.replyTo().tell(new Echoed(message.text(), message.number(), message.tags(), node));
    return Behaviors.same();
  }

  private Behavior<Command> later(int millis, ActorRef<Served> replyTo) {
    Due due = new Due(replyTo);
    timers.startSingleTimer(due, due, Duration.ofMillis(millis));
    return Behaviors.same();
  }

  private Behavior<Command> due(Due due) {
    due.replyTo().tell(new Served(node));
    return Behaviors.same();
  }

  private Behavior<Command> check(Check message) {
    boolean odd = message.number() % 2 != 0;
    message
        .replyTo()
        .tell(odd ? StatusReply.error("odd: " + message.number()) : StatusReply.success(served()));
    return Behaviors.same();
  }

  private Served served() {
    return new Served(node);
  }
}
