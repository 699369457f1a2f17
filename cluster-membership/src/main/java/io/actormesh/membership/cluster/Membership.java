package io.actormesh.membership.cluster;

import io.actormesh.membership.Confirmation;
import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipException;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.Registry;
import io.actormesh.membership.Subscription;
import io.actormesh.membership.formation.Introductions;
import io.actormesh.membership.formation.Joiner;
import io.actormesh.membership.publication.Published;
import io.actormesh.membership.registry.ReplicatedRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Leave;

/**
 * One node's place in the mesh: who else is there, what they offer, and how to join, drain and
 * leave. Started once per actor system, which {@link ClusterConfig} has configured; it ends with
 * that system. Safe for use from any thread; nothing blocks.
 *
 * <p>The order of a node's life: {@link #start}, {@link #join}, {@code registry().publish(...)}
 * with its services and {@link NodeState#READY}; then {@link #drain}, finish the work, {@link
 * #leave}.
 */
public final class Membership {

  private final ActorSystem<?> system;
  private final MembershipSettings settings;
  private final Published<MembershipView> view;
  private final ReplicatedRegistry registry;

  private Membership(
      ActorSystem<?> system,
      MembershipSettings settings,
      Published<MembershipView> view,
      ReplicatedRegistry registry) {
    this.system = system;
    this.settings = settings;
    this.view = view;
    this.registry = registry;
  }

  /** The identity of this run of the node; known as soon as its actor system has started. */
  public static NodeId nodeId(ActorSystem<?> system) {
    return PekkoMembers.id(Cluster.get(system).selfMember());
  }

  /**
   * Starts tracking members and keeping the registry; does not join yet.
   *
   * @param self what this node tells the others; its id is {@link #nodeId}
   * @throws MembershipException if the id is that of another node, or another run of this one, or
   *     if the descriptor cannot be encoded, or not within the registry's max-entry-size
   */
  public static Membership start(
      ActorSystem<?> system, NodeDescriptor self, MembershipSettings settings) {
    NodeId id = nodeId(system);
    if (!self.id().equals(id)) {
      throw new MembershipException(
          "The descriptor is of node " + self.id() + ", the actor system is node " + id + ".",
          "Take the id from Membership.nodeId(system).");
    }
    Published<MembershipView> view =
        new Published<>(MembershipView.empty(id), MembershipView::version);
    ReplicatedRegistry registry =
        ReplicatedRegistry.start(
            system,
            NodeEntry.starting(self),
            settings.registry(),
            settings.clock(),
            settings.callbacks());
    Introductions.answer(system);
    // First of all listeners: whoever learns of a member later finds the registry told before.
    view.subscribe(registry::members);
    system.systemActorOf(
        ViewTracker.create(view, settings.clock()),
        "actormesh-members",
        DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher"));
    return new Membership(system, settings, view, registry);
  }

  /** This run of this node. */
  public NodeId self() {
    return view.get().self();
  }

  /** The members as this node sees them now: one volatile read. */
  public MembershipView view() {
    return view.get();
  }

  /** What the nodes say about themselves. */
  public Registry registry() {
    return registry;
  }

  /**
   * Calls the listener with the current view, on the calling thread, and with each newer one, on
   * the tracker's thread. It must be quick and must not block.
   */
  public Subscription subscribe(Consumer<MembershipView> listener) {
    return view.subscribe(listener);
  }

  /**
   * Joins the cluster. The stage completes once this node is up and holds the registry entry of
   * every reachable member, or has waited for the entries as long as the confirm time-out. It fails
   * with {@link io.actormesh.membership.formation.JoinFailed} at the join time-out, after which the
   * actor system shuts down, or if the node stops before.
   */
  public CompletionStage<MembershipView> join() {
    return Joiner.join(system, view, settings.formation(), settings.callbacks())
        .thenCompose(up -> registry.complete())
        .thenApply(complete -> view.get());
  }

  /** Completes once this node is up, or weakly up; fails if it stops before. */
  public CompletionStage<MembershipView> awaitUp() {
    CompletableFuture<MembershipView> up =
        when(
            current ->
                current.selfMember().map(Member::status).filter(MemberStatus::started).isPresent());
    system.getWhenTerminated().thenRun(() -> up.completeExceptionally(stopped()));
    return up;
  }

  /**
   * Tells every node that this one takes nothing new. When the stage has completed, every node that
   * the confirmation names has stopped choosing this one; the silent ones may still do so until
   * they learn of it, and must be refused.
   */
  public CompletionStage<Confirmation> drain() {
    return registry.publish(entry -> entry.withState(NodeState.DRAINING));
  }

  /**
   * Leaves the cluster, which also shuts down the actor system, as Pekko does for a member that has
   * left. The stage completes once the leaving is agreed, the node is no member any more, or its
   * actor system has ended; at once if it never joined. Drain first.
   */
  public CompletionStage<Void> leave() {
    if (view.get().selfMember().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<MembershipView> left = when(Membership::left);
    system.getWhenTerminated().thenRun(() -> left.complete(view.get()));
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(new Leave(cluster.selfMember().address()));
    return left.thenAccept(last -> {});
  }

  private static boolean left(MembershipView current) {
    return current
        .selfMember()
        .map(Member::status)
        .map(status -> status == MemberStatus.EXITING || status == MemberStatus.DOWN)
        .orElse(true);
  }

  private CompletableFuture<MembershipView> when(Predicate<MembershipView> condition) {
    CompletableFuture<MembershipView> met = new CompletableFuture<>();
    Subscription subscription =
        view.subscribe(
            current -> {
              if (condition.test(current)) {
                met.completeAsync(() -> current, settings.callbacks());
              }
            });
    return met.whenComplete((value, e) -> subscription.close());
  }

  private static MembershipException stopped() {
    return new MembershipException(
        "The node has stopped before it was up.", "See the reason of its shutdown in the log.");
  }
}
