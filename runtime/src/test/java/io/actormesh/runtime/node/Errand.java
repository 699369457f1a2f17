package io.actormesh.runtime.node;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;

/** A service with an outcome of every kind, for tests of what is told about calls. */
final class Errand {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("errand", Command.class);

  sealed interface Command {}

  record Run(ActorRef<Done> replyTo) implements Command {}

  record Done(String by) {}

  /** Is answered with an error. */
  record Refuse(ActorRef<StatusReply<Done>> replyTo) implements Command {}

  /** Is never answered. */
  record Ponder(ActorRef<Done> replyTo) implements Command {}

  record Note(String text) implements Command {}

  /** Fails. */
  record Trip(ActorRef<Done> replyTo) implements Command {}

  /** Waits for the gate. */
  record Wait(ActorRef<Done> replyTo) implements Command {}

  /** Greets on behalf of the caller, within a span of its own. */
  record Delegate(ActorRef<Done> replyTo) implements Command {}

  private record Delegated(ActorRef<Done> replyTo, String by) implements Internal {}

  sealed interface Internal extends Command {}

  private final String name;
  private final CountDownLatch gate;
  private final ActorContext<Command> context;
  private final ServiceClient<Greeter.Command> greeter;
  private final OpenTelemetry telemetry;

  private Errand(
      String name,
      CountDownLatch gate,
      ActorContext<Command> context,
      ServiceClients clients,
      OpenTelemetry telemetry) {
    this.name = name;
    this.gate = gate;
    this.context = context;
    this.greeter = clients.client(Greeter.CONTRACT);
    this.telemetry = telemetry;
  }

  static Behavior<Command> create(
      String name, CountDownLatch gate, ServiceClients clients, OpenTelemetry telemetry) {
    return Behaviors.setup(
        context -> new Errand(name, gate, context, clients, telemetry).receive());
  }

  private Behavior<Command> receive() {
    return Behaviors.receive(Command.class)
        .onMessage(Run.class, run -> done(run.replyTo()))
        .onMessage(Refuse.class, this::refuse)
        .onMessage(Ponder.class, ponder -> Behaviors.same())
        .onMessage(Note.class, note -> Behaviors.same())
        .onMessage(Trip.class, this::trip)
        .onMessage(Wait.class, this::waitForGate)
        .onMessage(Delegate.class, this::delegate)
        .onMessage(Delegated.class, this::delegated)
        .build();
  }

  private Behavior<Command> done(ActorRef<Done> replyTo) {
    replyTo.tell(new Done(name));
    return Behaviors.same();
  }

  private Behavior<Command> refuse(Refuse message) {
    message.replyTo().tell(StatusReply.error("not today"));
    return Behaviors.same();
  }

  private Behavior<Command> trip(Trip message) {
    throw new IllegalStateException("tripped over " + message.getClass().getSimpleName());
  }

  private Behavior<Command> waitForGate(Wait message) throws InterruptedException {
    gate.await();
    return done(message.replyTo());
  }

  private Behavior<Command> delegate(Delegate message) {
    Span own = telemetry.getTracer("application").spanBuilder("own work").startSpan();
    Scope current = own.makeCurrent();
    try {
      context.pipeToSelf(
          greeter.<Greeter.Greeting>ask(r -> new Greeter.Greet("Ann", r)),
          (greeting, failure) ->
              new Delegated(message.replyTo(), failure == null ? "greeter" : "nobody"));
    } finally {
      current.close();
      own.end();
    }
    return Behaviors.same();
  }

  private Behavior<Command> delegated(Delegated message) {
    message.replyTo().tell(new Done(message.by()));
    return Behaviors.same();
  }
}
