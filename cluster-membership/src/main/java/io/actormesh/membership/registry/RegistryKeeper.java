package io.actormesh.membership.registry;

import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The one writer of the published snapshot. It tells peers of this node's entry until they confirm,
 * and confirms theirs once they are visible here.
 */
final class RegistryKeeper extends AbstractBehavior<Command> {

  private final KeeperParts parts;
  private final TimerScheduler<Command> timers;
  private final Deliveries deliveries = new Deliveries();
  private final Confirmations confirmations;
  private final Set<NodeId> owed = new HashSet<>();
  private final Map<Long, CompletableFuture<Boolean>> awaitingAll = new HashMap<>();
  private long awaits;
  private int turn;

  private RegistryKeeper(
      ActorContext<Command> context, TimerScheduler<Command> timers, KeeperParts parts) {
    super(context);
    this.parts = parts;
    this.timers = timers;
    this.confirmations = new Confirmations(self(), deliveries, parts.callbacks());
  }

  static Behavior<Command> create(KeeperParts parts) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  RegistrySettings settings = parts.settings();
                  timers.startTimerWithFixedDelay(new Command.Resend(), settings.resendInterval());
                  timers.startTimerWithFixedDelay(
                      new Command.Compare(), settings.compareInterval());
                  return new RegistryKeeper(context, timers, parts);
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.Change.class, this::onChange)
        .onMessage(Command.Members.class, this::onMembers)
        .onMessage(Envelope.class, envelope -> onWord(envelope.word()))
        .onMessage(Command.Resend.class, resend -> announce())
        .onMessage(Command.Compare.class, compare -> onCompare())
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
      knowledge().own(next);
      announce();
    }
  }

  private Behavior<Command> onMembers(Command.Members members) {
    MembershipView view = members.view();
    Set<NodeId> others = others(view, Snapshots::isCurrent);
    deliveries.members(others, others(view, RegistryKeeper::canAnswer));
    parts.peers().retain(others);
    knowledge().members(view);
    confirmations.settle(now());
    return announce();
  }

  private Behavior<Command> onWord(Word word) {
    if (word instanceof Word.Announce announce) {
      owed.add(announce.entry().id());
      knowledge().learn(announce.entry(), now());
    } else if (word instanceof Word.Relay relay) {
      knowledge().learn(relay.entry(), now());
    } else if (word instanceof Word.Holds holds) {
      onHolds(holds);
    } else if (word instanceof Word.Digest digest) {
      onDigest(digest);
    } else {
      getContext().getLog().debug("A newer peer said something that this release does not know");
    }
    return answerPeers();
  }

  private void onHolds(Word.Holds holds) {
    if (holds.node().equals(self())) {
      deliveries.confirmed(holds.by(), holds.revision());
      confirmations.settle(now());
    }
  }

  private void onDigest(Word.Digest digest) {
    // A peer that has lost this node's entry is told again by the next resend.
    deliveries.observed(digest.from(), digest.revision(self()));
    for (NodeEntry newer : knowledge().visible().newerThan(digest.known())) {
      parts.peers().tell(digest.from(), new Word.Relay(newer));
    }
    if (!digest.answer() && knowledge().visible().lags(digest.known())) {
      parts.peers().tell(digest.from(), new Word.Digest(self(), knowledge().digest(), true));
    }
  }

  /** Sends the own entry to every peer that has not confirmed it. */
  private Behavior<Command> announce() {
    NodeEntry own = knowledge().own();
    for (NodeId peer : deliveries.lacking(own.revision())) {
      parts.peers().tell(peer, new Word.Announce(own));
    }
    return answerPeers();
  }

  /** Confirms the announced entries that are visible by now. */
  private Behavior<Command> answerPeers() {
    owed.removeIf(this::answered);
    if (!awaitingAll.isEmpty() && hasAll()) {
      awaitingAll.values().forEach(future -> complete(future, true));
      awaitingAll.clear();
    }
    return this;
  }

  private boolean answered(NodeId peer) {
    long visible = knowledge().snapshot().entry(peer).map(NodeEntry::revision).orElse(0L);
    if (visible > 0) {
      parts.peers().tell(peer, new Word.Holds(self(), peer, visible));
    }
    return visible > 0;
  }

  private Behavior<Command> onCompare() {
    knowledge().forgetStrangers(parts.settings().strangerPatience(), now());
    List<NodeId> peers = List.copyOf(deliveries.audience());
    if (!peers.isEmpty()) {
      NodeId peer = peers.get(Math.floorMod(turn++, peers.size()));
      parts.peers().tell(peer, new Word.Digest(self(), knowledge().digest(), false));
    }
    return this;
  }

  private Behavior<Command> onConfirmTimeout(Command.ConfirmTimeout timeout) {
    confirmations.giveUp(timeout.revision());
    return this;
  }

  private Behavior<Command> onAwaitComplete(Command.AwaitComplete await) {
    long number = ++awaits;
    awaitingAll.put(number, await.complete());
    timers.startSingleTimer(
        "complete-" + number,
        new Command.CompleteTimeout(number),
        parts.settings().confirmTimeout());
    return answerPeers();
  }

  private Behavior<Command> onCompleteTimeout(Command.CompleteTimeout timeout) {
    CompletableFuture<Boolean> late = awaitingAll.remove(timeout.number());
    if (late != null) {
      complete(late, false);
    }
    return this;
  }

  private void complete(CompletableFuture<Boolean> future, boolean all) {
    var unused = future.completeAsync(() -> all, parts.callbacks());
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

  /** One that exits is shutting down already; waiting for its answer would only delay us. */
  private static boolean canAnswer(Member member) {
    return member.reachable()
        && (member.status().staying() || member.status() == MemberStatus.LEAVING);
  }

  private static Set<NodeId> others(MembershipView view, Predicate<Member> which) {
    return view.members().stream()
        .filter(which)
        .map(Member::id)
        .filter(id -> !id.equals(view.self()))
        .collect(Collectors.toSet());
  }
}
