package io.actormesh.membership.registry;

import io.actormesh.membership.Confirmation;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeEntry;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** What the keeper of the registry reacts to. */
sealed interface Command
    permits Envelope,
        Command.Change,
        Command.AwaitComplete,
        Command.Members,
        Command.ConfirmTimeout,
        Command.CompleteTimeout,
        Command.Resend,
        Command.Compare {

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

  /** Time to compare with a peer. */
  record Compare() implements Command {}
}
