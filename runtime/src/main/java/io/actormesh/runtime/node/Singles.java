package io.actormesh.runtime.node;

import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.Subscription;
import io.actormesh.membership.cluster.Membership;
import io.actormesh.runtime.host.Host;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.singleton.ClusterSingletonManager;
import org.apache.pekko.cluster.singleton.ClusterSingletonManagerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of which the mesh has at most one instance, as far as this node may run it. Pekko's
 * cluster singleton says which node does; the host serves it there as it does any other.
 */
final class Singles {

  private static final Logger LOG = LoggerFactory.getLogger(Singles.class);

  private static final String NAME = "actormesh-single-";

  /** Apart from the application's threads: who runs what must be settled while those are busy. */
  private static final String DISPATCHER = "pekko.actor.internal-dispatcher";

  /**
   * How long the next node waits after the removal of one that has crashed. A node that counts has
   * given up long before it is removed; else Pekko's own margin is kept, which is stable-after.
   */
  private static final Duration NO_MARGIN = Duration.ofMillis(1);

  private final ActorSystem<Void> system;
  private final NodePlan plan;
  private final Host host;
  private final Membership membership;
  private final ServiceClients clients;
  private final Majority majority;
  private final Set<String> offered = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<Done>> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Singles(
      ActorSystem<Void> system,
      NodePlan plan,
      Host host,
      Membership membership,
      ServiceClients clients) {
    this.system = system;
    this.plan = plan;
    this.host = host;
    this.membership = membership;
    this.clients = clients;
    this.majority = Majority.of(plan.application().getConfig("actormesh.cluster.split-brain"));
  }

  /** The role of the members that may run the service. */
  static String role(String service) {
    return NAME + service;
  }

  boolean offers(String service) {
    return offered.contains(service);
  }

  /** Makes this node one of those that may run the service; completes once the others know. */
  CompletionStage<Done> offer(Hosting<?> hosting) {
    String service = hosting.contract().name();
    offered.add(service);
    return membership
        .registry()
        .publish(entry -> HostedEntries.offeringSingle(entry, hosting.contract()))
        .thenApply(
            confirmed -> {
              manage(service, hosting);
              return Done.getInstance();
            });
  }

  private void manage(String service, Hosting<?> hosting) {
    ClusterSingletonManagerSettings settings =
        ClusterSingletonManagerSettings.create(system.classicSystem())
            .withRole(role(service))
            .withRemovalMargin(
                scala.jdk.javaapi.DurationConverters.toScala(
                    majority.countable() ? NO_MARGIN : Duration.ZERO));
    Props place = Adapter.props(() -> SinglePlace.create(this, hosting)).withDispatcher(DISPATCHER);
    Props manager =
        ClusterSingletonManager.props(place, SinglePlace.Command.stop(), settings)
            .withDispatcher(DISPATCHER);
    var unused =
        ((ExtendedActorSystem) system.classicSystem()).systemActorOf(manager, role(service));
  }

  /**
   * Lets other nodes take over what runs here, by leaving the cluster; what runs is served until
   * then. Nothing is begun here afterwards.
   *
   * @return completes when all is handed over, if there is somebody, or when the patience is over
   */
  CompletionStage<Done> handOver(Duration patience) {
    boolean awaited = running.keySet().stream().anyMatch(this::elsewhere);
    if (!awaited) {
      closed = true;
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    LOG.info("Services {} move to other nodes", running.keySet());
    CompletableFuture<?>[] places =
        running.entrySet().stream()
            .filter(place -> elsewhere(place.getKey()))
            .map(Map.Entry::getValue)
            .toArray(CompletableFuture[]::new);
    var unused = membership.leave();
    return CompletableFuture.allOf(places)
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            over -> {
              closed = true;
              return Done.getInstance();
            });
  }

  /** Whether another node may run the service and is not on its way out itself. */
  private boolean elsewhere(String service) {
    RegistrySnapshot snapshot = membership.registry().snapshot();
    return snapshot.entries().values().stream()
        .filter(entry -> !entry.id().equals(snapshot.self()))
        .filter(entry -> snapshot.candidateNodes().contains(entry.id()))
        .anyMatch(entry -> mayRun(entry, service));
  }

  private static boolean mayRun(NodeEntry entry, String service) {
    return entry.services().containsKey(service);
  }

  // --- for the places
  // ------------------------------------------------------------------------------

  boolean closed() {
    return closed;
  }

  void begun(String service) {
    running.putIfAbsent(service, new CompletableFuture<>());
  }

  void ended(String service) {
    CompletableFuture<Done> place = running.remove(service);
    if (place != null) {
      place.complete(Done.getInstance());
    }
  }

  /** Tells now and with each change whether this node may go on. */
  Subscription watch(Consumer<Boolean> listener) {
    return membership.subscribe((MembershipView view) -> listener.accept(majority.held(view)));
  }

  <C> CompletionStage<Done> serve(Hosting<C> hosting) {
    return host.host(hosting.contract(), () -> hosting.behavior().apply(clients), 1)
        .thenApply(hosted -> Done.getInstance());
  }

  CompletionStage<Done> withdraw(String service, Duration patience) {
    return host.withdraw(service, patience).thenApply(gone -> Done.getInstance());
  }

  NodePlan plan() {
    return plan;
  }
}
