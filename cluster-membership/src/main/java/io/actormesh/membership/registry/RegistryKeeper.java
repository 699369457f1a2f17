package io.actormesh.membership.registry;

import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import org.apache.pekko.util.ByteString;

/**
 * The one writer of the published snapshot. It tells peers of this node's entry until they confirm,
 * and confirms theirs once they are visible here; what the direct way has missed comes through
 * Distributed Data.
 */
final class RegistryKeeper extends AbstractBehavior<Command> {

  /** How often it is looked for entries of nodes that are gone, and for a lost own one. */
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  private final KeeperParts parts;
  private final SharedTable shared;
  private final TimerScheduler<Command> timers;
  private final Deliveries deliveries = new Deliveries();
  private final Confirmations confirmations;
  private final Completeness completeness;
  private final Leftovers leftovers;
  private final Answers answers;

  private RegistryKeeper(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      KeeperParts parts,
      SharedTable shared) {
    super(context);
    this.parts = parts;
    this.timers = timers;
    this.shared = shared;
    this.confirmations = new Confirmations(self(), deliveries, parts.callbacks());
    this.completeness = new Completeness(parts.callbacks());
    this.answers = new Answers(parts.knowledge(), parts.peers());
    this.leftovers = new Leftovers(parts.settings().strangerPatience());
  }

  static Behavior<Command> create(KeeperParts parts) {
    return Behaviors.setup(
        context ->
            DistributedData.<Command, LWWMap<String, ByteString>>withReplicatorMessageAdapter(
                replicator ->
                    Behaviors.withTimers(timers -> start(context, timers, parts, replicator))));
  }

  private static Behavior<Command> start(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      KeeperParts parts,
      ReplicatorMessageAdapter<Command, LWWMap<String, ByteString>> replicator) {
    timers.startTimerWithFixedDelay(new Command.Resend(), parts.settings().resendInterval());
    timers.startTimerWithFixedDelay(new Command.Sweep(), SWEEP_INTERVAL);
    SelfUniqueAddress writer = DistributedData.get(context.getSystem()).selfUniqueAddress();
    SharedTable shared =
        SharedTable.start(replicator, writer, parts.codec(), parts.knowledge().own());
    return new RegistryKeeper(context, timers, parts, shared);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.Change.class, this::onChange)
        .onMessage(Command.Members.class, this::onMembers)
        .onMessage(Envelope.class, envelope -> onWord(envelope.word()))
        .onMessage(Command.Resend.class, resend -> announce())
        .onMessage(Command.Sweep.class, sweep -> onSweep())
        .onMessage(Command.Shared.class, this::onShared)
        .onMessage(Command.Written.class, this::onWritten)
        .onMessage(Command.ConfirmTimeout.class, this::onConfirmTimeout)
        .onMessage(Command.AwaitComplete.class, this::onAwaitComplete)
        .onMessage(Command.CompleteTimeout.class, this::onCompleteTimeout)
        .build();
  }

  private Behavior<Command> onChange(Command.Change change) {
    try {
      publishOwn(OwnEntry.next(knowledge().own(), change.change(), parts.size()));
    } catch (RuntimeException e) {
      parts.callbacks().execute(() -> change.confirmed().completeExceptionally(e));
      return this;
    }
    long revision = knowledge().own().revision();
    confirmations.await(new Pending(revision, now(), change.confirmed()));
    timers.startSingleTimer(
        revision, new Command.ConfirmTimeout(revision), parts.settings().confirmTimeout());
    confirmations.settle(now());
    return this;
  }

  private void publishOwn(NodeEntry next) {
    if (!next.equals(knowledge().own())) {
      Optional<Amendment> amendment = Amendment.between(knowledge().own(), next);
      knowledge().own(next);
      tellPeers(amendment);
      shared.put(next);
    }
  }

  private Behavior<Command> onMembers(Command.Members members) {
    MembershipView view = members.view();
    Set<NodeId> others = Others.current(view);
    leftovers.departed(Others.gone(knowledge().members(), view));
    deliveries.members(others, Others.able(view));
    parts.peers().retain(others);
    knowledge().members(view);
    others.stream()
        .filter(id -> knowledge().revision(id) == 0)
        .forEach(id -> shared.get(id).ifPresent(this::learn));
    deleteLeftovers();
    confirmations.settle(now());
    return announce();
  }

  private Behavior<Command> onWord(Word word) {
    if (word instanceof Word.Announce announce) {
      answers.owe(announce.entry().id());
      knowledge().learn(announce.entry(), now());
    } else if (word instanceof Word.Amend amend) {
      onAmend(amend.amendment());
    } else if (word instanceof Word.Holds holds) {
      onHolds(holds);
    } else {
      getContext().getLog().debug("A newer peer said something that this release does not know");
    }
    return answerPeers();
  }

  /** An amendment to what this node does not hold is answered by the whole being sent again. */
  private void onAmend(Amendment amendment) {
    if (knowledge().revision(amendment.node()) >= amendment.revision()) {
      answers.owe(amendment.node());
    } else {
      knowledge()
          .amended(amendment)
          .ifPresent(
              entry -> {
                answers.owe(entry.id());
                knowledge().learn(entry, now());
              });
    }
  }

  private void onHolds(Word.Holds holds) {
    if (holds.node().equals(self())) {
      deliveries.confirmed(holds.by(), holds.revision());
      confirmations.settle(now());
    }
  }

  private Behavior<Command> onShared(Command.Shared changed) {
    shared.accept(changed).forEach(this::learn);
    return answerPeers();
  }

  /** Of an entry that came through Distributed Data. */
  private void learn(NodeEntry entry) {
    if (entry.id().equals(self()) || entry.revision() <= knowledge().revision(entry.id())) {
      return;
    }
    // Its owner may have told this node in vain; the answer may get through.
    answers.owe(entry.id());
    knowledge().learn(entry, now());
  }

  private Behavior<Command> onWritten(Command.Written written) {
    // The sweep sees what is missing and writes it again.
    written
        .problem()
        .ifPresent(
            problem -> getContext().getLog().warn("Not written to {}: {}", written.map(), problem));
    return this;
  }

  /** Sends the own entry to every peer that has not confirmed it. */
  private Behavior<Command> announce() {
    return tellPeers(Optional.empty());
  }

  /** The same, but what is new alone to those who are known to hold the rest. */
  private Behavior<Command> tellPeers(Optional<Amendment> amendment) {
    NodeEntry own = knowledge().own();
    Word whole = new Word.Announce(own);
    for (NodeId peer : deliveries.lacking(own.revision())) {
      parts
          .peers()
          .tell(
              peer,
              amendment
                  .filter(it -> it.base() == deliveries.held(peer))
                  .<Word>map(Word.Amend::new)
                  .orElse(whole));
    }
    return answerPeers();
  }

  /** Confirms the announced entries that are visible by now. */
  private Behavior<Command> answerPeers() {
    answers.give();
    if (!completeness.idle() && hasAll()) {
      completeness.reached();
    }
    return this;
  }

  private Behavior<Command> onSweep() {
    knowledge().forgetStrangers(parts.settings().strangerPatience(), now());
    answers.forget();
    shared.repair();
    deleteLeftovers();
    return this;
  }

  private void deleteLeftovers() {
    shared.remove(leftovers.due(shared.keys(), knowledge().members(), now()));
  }

  private Behavior<Command> onConfirmTimeout(Command.ConfirmTimeout timeout) {
    confirmations.giveUp(timeout.revision());
    return this;
  }

  private Behavior<Command> onAwaitComplete(Command.AwaitComplete await) {
    long number = completeness.await(await.complete());
    timers.startSingleTimer(
        "complete-" + number,
        new Command.CompleteTimeout(number),
        parts.settings().confirmTimeout());
    return answerPeers();
  }

  private Behavior<Command> onCompleteTimeout(Command.CompleteTimeout timeout) {
    completeness.giveUp(timeout.number());
    return this;
  }

  private boolean hasAll() {
    return knowledge().snapshot().entries().keySet().containsAll(deliveries.audience());
  }

  private Knowledge knowledge() {
    return parts.knowledge();
  }

  private NodeId self() {
    return parts.knowledge().own().id();
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
