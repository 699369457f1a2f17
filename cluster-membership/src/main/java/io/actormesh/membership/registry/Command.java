package io.actormesh.membership.registry;

import io.actormesh.membership.Confirmation;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeEntry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.pekko.util.ByteString;

/** What the keeper of the registry reacts to. */
sealed interface Command
    permits Envelope,
        Command.Change,
        Command.AwaitComplete,
        Command.Members,
        Command.ConfirmTimeout,
        Command.CompleteTimeout,
        Command.Resend,
        Command.Sweep,
        Command.Shared,
        Command.Written {

  /** Change this node's own entry. */
  record Change(UnaryOperator<NodeEntry> change, CompletableFuture<Confirmation> confirmed)
      implements Command {}

  /** Tell when an entry of every reachable member is here. */
  record AwaitComplete(CompletableFuture<Boolean> complete) implements Command {}

  /** The members have changed. */
  record Members(MembershipView view) implements Command {}

  /** The wait for the confirmation of this revision is over. */
  record ConfirmTimeout(long revision) implements Command {}

  /** The wait for the entries of all members is over. */
  record CompleteTimeout(long number) implements Command {}

  /** Time to send again what is unconfirmed. */
  record Resend() implements Command {}

  /** Time to look for what is out of date or missing. */
  record Sweep() implements Command {}

  /** The content of one of the maps in Distributed Data: encoded entries by key. */
  record Shared(String map, Map<String, ByteString> entries) implements Command {

    public Shared {
      entries = Map.copyOf(entries);
    }
  }

  /** A map in Distributed Data was written, unless there was a problem. */
  record Written(String map, Optional<String> problem) implements Command {}
}
