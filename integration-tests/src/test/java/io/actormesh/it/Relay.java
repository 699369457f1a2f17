package io.actormesh.it;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.node.ServiceClients;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** An actor that calls another service for each call it gets. */
final class Relay {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("relay", Command.class);

  sealed interface Command {}

  record Pass(int millis, ActorRef<Passed> replyTo) implements Command {}

  /** Who did the work; empty if nobody, and then the failure says why. */
  record Passed(String by, String failure) {}

  sealed interface Internal extends Command {}

  private record Back(ActorRef<Passed> replyTo, Passed passed) implements Internal {}

  private final ActorContext<Command> context;
  private final ServiceClient<Probe.Command> probe;

  private Relay(ActorContext<Command> context, ServiceClient<Probe.Command> probe) {
    this.context = context;
    this.probe = probe;
  }

  static Behavior<Command> create(ServiceClients clients) {
    return Behaviors.setup(context -> new Relay(context, clients.client(Probe.CONTRACT)).receive());
  }

  private Behavior<Command> receive() {
    return Behaviors.receive(Command.class)
        .onMessage(Pass.class, this::pass)
        .onMessage(Back.class, this::back)
        .build();
  }

  private Behavior<Command> pass(Pass message) {
    context.pipeToSelf(
        probe.<Probe.Served>ask(r -> new Probe.Work(message.millis(), r)),
        (served, failure) -> new Back(message.replyTo(), passed(served, failure)));
    return Behaviors.same();
  }

  private Behavior<Command> back(Back message) {
    message.replyTo().tell(message.passed());
    return Behaviors.same();
  }

  private static Passed passed(Probe.@Nullable Served served, @Nullable Throwable failure) {
    return served != null ? new Passed(served.by(), "") : new Passed("", code(failure));
  }

  /** The stable code of a failed call. */
  static String code(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    return cause instanceof MeshFailure known ? known.code().code() : String.valueOf(cause);
  }
}
