package io.actormesh.membership.registry;

import io.actormesh.membership.Confirmation;
import io.actormesh.membership.MembershipException;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.Registry;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.Subscription;
import io.actormesh.membership.publication.Published;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;

/** The registry of one node: readers see its published snapshots, an actor keeps them current. */
public final class ReplicatedRegistry implements Registry {

  private static final String NAME = "actormesh-registry";

  /** Beside heartbeats and gossip, so that a starved application does not starve it. */
  private static final DispatcherSelector DISPATCHER =
      DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher");

  private final Published<RegistrySnapshot> published;
  private final ActorRef<Command> keeper;
  private final Map<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();
  private volatile boolean stopped;

  private ReplicatedRegistry(
      ActorSystem<?> system,
      NodeEntry own,
      Function<Published<RegistrySnapshot>, KeeperParts> parts) {
    this.published = new Published<>(RegistrySnapshot.initial(own), RegistrySnapshot::version);
    Behavior<Command> behavior =
        Behaviors.supervise(RegistryKeeper.create(parts.apply(published)))
            .onFailure(SupervisorStrategy.resume());
    this.keeper = system.systemActorOf(behavior, NAME, DISPATCHER);
  }

  /**
   * Starts the registry of this node; once per actor system.
   *
   * @param own the first entry of this node
   * @param clock for ages and log lines
   * @param callbacks where the futures that this class returns complete
   * @throws MembershipException if the entry is too large or cannot be encoded
   */
  public static ReplicatedRegistry start(
      ActorSystem<?> system,
      NodeEntry own,
      RegistrySettings settings,
      InstantSource clock,
      Executor callbacks) {
    Address self = Cluster.get(system).selfMember().address();
    Peers peers = new RemotePeers(system, self, "/system/" + NAME);
    return start(system, own, settings, clock, callbacks, peers);
  }

  /** The same with other means to talk to the peers. */
  static ReplicatedRegistry start(
      ActorSystem<?> system,
      NodeEntry own,
      RegistrySettings settings,
      InstantSource clock,
      Executor callbacks,
      Peers peers) {
    EntryCodec codec = new EntryCodec(system);
    EntrySize size = new EntrySize(system, codec, settings.maxEntryBytes());
    size.check(own);
    ReplicatedRegistry registry =
        new ReplicatedRegistry(
            system,
            own,
            published ->
                new KeeperParts(
                    new Knowledge(own, published), peers, codec, size, settings, clock, callbacks));
    // Not on the executor: it may be the system's own, and that takes nothing any more by then.
    system.getWhenTerminated().thenRun(registry::stop);
    return registry;
  }

  @Override
  public RegistrySnapshot snapshot() {
    return published.get();
  }

  @Override
  public CompletionStage<Confirmation> publish(UnaryOperator<NodeEntry> change) {
    CompletableFuture<Confirmation> confirmed = new CompletableFuture<>();
    return ask(confirmed, new Command.Change(change, confirmed));
  }

  @Override
  public Subscription subscribe(Consumer<RegistrySnapshot> listener) {
    return published.subscribe(listener);
  }

  /** The members have changed. */
  public void members(MembershipView view) {
    keeper.tell(new Command.Members(view));
  }

  /**
   * Completes with true once this node holds an entry of every reachable member, or with false if
   * that takes longer than the confirm time-out.
   */
  public CompletionStage<Boolean> complete() {
    CompletableFuture<Boolean> complete = new CompletableFuture<>();
    return ask(complete, new Command.AwaitComplete(complete));
  }

  private <T> CompletableFuture<T> ask(CompletableFuture<T> answer, Command command) {
    long id = asked.incrementAndGet();
    open.put(id, answer);
    CompletableFuture<T> answered = answer.whenComplete((value, e) -> open.remove(id));
    keeper.tell(command);
    // Checked after it was added: either this sees the stop, or the stop sees the future.
    if (stopped) {
      fail(answer);
    }
    return answered;
  }

  private void stop() {
    stopped = true;
    open.values().forEach(ReplicatedRegistry::fail);
  }

  private static void fail(CompletableFuture<?> answer) {
    answer.completeExceptionally(
        new MembershipException(
            "The node has stopped before its registry could answer.",
            "Publish before the node is stopped; after that, nobody needs to be told."));
  }
}
