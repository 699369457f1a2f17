package io.actormesh.runtime.host;

import io.actormesh.runtime.contract.ServiceContract;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/** The protocol of the services under test. */
final class Probe {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("probe", Command.class);

  private Probe() {}

  sealed interface Command {}

  record Say(String text, ActorRef<String> replyTo) implements Command {}

  record Check(String text, ActorRef<StatusReply<String>> replyTo) implements Command {}

  record Note(String text) implements Command {}

  sealed interface Internal extends Command {}

  record Tick(String text) implements Internal {}

  record Held(ActorRef<String> replyTo, String text) implements Internal {}
}
