package io.actormesh.benchmarks.registry;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.InstanceEntry;
import io.actormesh.membership.InstanceState;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.Registry;
import io.actormesh.membership.ServiceEntry;
import io.actormesh.membership.cluster.ClusterConfig;
import io.actormesh.membership.cluster.ClusterSettings;
import io.actormesh.membership.cluster.Membership;
import io.actormesh.membership.cluster.MembershipSettings;
import io.actormesh.membership.formation.FormationMethod;
import io.actormesh.membership.formation.FormationSettings;
import io.actormesh.membership.formation.HostPort;
import io.actormesh.membership.registry.RegistrySettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A node that is a member and has a registry, and nothing else; as few threads as it can do with.
 */
final class RegistryNode {

  /** 10 services of 10 instances each. */
  static final int SERVICES = 10;

  static final int INSTANCES = 10;

  /** About as long as that of a service with six operations. */
  private static final String SCHEMA =
      "operation(name:string,amount:int64)->reply(balance:int64,at:instant);".repeat(6);

  private static final Config FEW_THREADS =
      ConfigFactory.parseString(
          """
          pekko {
            loglevel = ERROR
            stdout-loglevel = ERROR
            actor.default-dispatcher.fork-join-executor { parallelism-min = 1, parallelism-max = 1 }
            actor.internal-dispatcher.fork-join-executor { parallelism-min = 1, parallelism-max = 1 }
            remote.default-remote-dispatcher.fork-join-executor { parallelism-min = 1, parallelism-max = 1 }
            remote.artery.advanced.instruments = ["io.actormesh.benchmarks.registry.WireMeter"]
            cluster.failure-detector.acceptable-heartbeat-pause = 120s
            cluster.gossip-interval = 1s
            cluster.leader-actions-interval = 1s
            cluster.periodic-tasks-initial-delay = 1s
            cluster.distributed-data.gossip-interval = 1s
            cluster.distributed-data.notify-subscribers-interval = 200ms
            coordinated-shutdown.run-by-actor-system-terminate = off
            coordinated-shutdown.run-by-jvm-shutdown-hook = off
          }
          actormesh.cluster.dispatcher.thread-pool-executor.fixed-pool-size = 1
          """);

  private final ActorSystem<Void> system;
  private final Membership membership;

  private RegistryNode(ActorSystem<Void> system, Membership membership) {
    this.system = system;
    this.membership = membership;
  }

  /** Starts a node that joins through the first one of all, or is it. */
  static RegistryNode start(int number, List<RegistryNode> before) {
    Config config =
        FEW_THREADS
            .withFallback(ClusterConfig.of(ClusterSettings.forTests()))
            .withFallback(ConfigFactory.load());
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "registry", config);
    NodeId id = Membership.nodeId(system);
    HostPort first = HostPort.parse("node", before.isEmpty() ? id.address() : address(before));
    FormationSettings formation =
        new FormationSettings(
            FormationMethod.seeds(List.of(first)), Duration.ofMinutes(5), Duration.ofSeconds(5));
    Membership membership =
        Membership.start(
            system,
            new NodeDescriptor(
                id,
                "node-" + number,
                "zone-1",
                "1.0.0",
                Map.of("tier", "web"),
                "127.0.0.1",
                1,
                2,
                3),
            new MembershipSettings(
                formation, settings(), InstantSource.system(), ForkJoinPool.commonPool()));
    return new RegistryNode(system, membership);
  }

  private static RegistrySettings settings() {
    RegistrySettings shipped =
        RegistrySettings.from(ConfigFactory.load().getConfig("actormesh.cluster.registry"));
    return new RegistrySettings(
        Duration.ofMinutes(2),
        shipped.resendInterval(),
        shipped.strangerPatience(),
        shipped.maxEntryBytes());
  }

  private static String address(List<RegistryNode> nodes) {
    return nodes.get(0).membership.self().address();
  }

  CompletionStage<MembershipView> join() {
    return membership.join();
  }

  NodeId id() {
    return membership.self();
  }

  Registry registry() {
    return membership.registry();
  }

  /** Whether all of so many members are up, and have told of themselves. */
  boolean knows(int nodes) {
    return membership.view().members().stream().filter(member -> member.status().started()).count()
            == nodes
        && registry().snapshot().entries().size() == nodes;
  }

  /** The node offers all its services. */
  static NodeEntry offering(NodeEntry entry) {
    NodeEntry offering = entry.withState(NodeState.READY);
    for (int i = 0; i < SERVICES; i++) {
      List<InstanceEntry> instances =
          IntStream.range(0, INSTANCES)
              .mapToObj(id -> new InstanceEntry(id, InstanceState.READY, 1))
              .toList();
      offering = offering.withService(new ServiceEntry("service-" + i, SCHEMA, instances, false));
    }
    return offering;
  }

  /** One instance of one service begins to drain. */
  static NodeEntry changed(NodeEntry entry, int change) {
    String name = "service-" + change % SERVICES;
    ServiceEntry service = entry.services().get(name);
    if (service == null) {
      throw new IllegalStateException(name + " is not offered");
    }
    int which = change / SERVICES % INSTANCES;
    List<InstanceEntry> instances =
        service.instances().stream()
            .map(i -> i.id() == which ? new InstanceEntry(which, InstanceState.SERVING, 1) : i)
            .toList();
    return entry.withService(new ServiceEntry(name, service.schema(), instances, false));
  }

  CompletionStage<Void> stop() {
    system.terminate();
    return system.getWhenTerminated().thenAccept(done -> {});
  }
}
