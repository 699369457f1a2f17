package io.actormesh.membership.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.InstanceEntry;
import io.actormesh.membership.InstanceState;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.ServiceEntry;
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
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A node in a test: an actor system on loopback with its membership. */
final class TestNode implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Config SILENT_DEATH =
      ConfigFactory.parseString(
          "pekko.coordinated-shutdown {"
              + " run-by-actor-system-terminate = off, run-by-jvm-shutdown-hook = off }");

  final ActorSystem<Void> system;
  final HostPort address;
  private final NodeDescriptor descriptor;

  private TestNode(String name, ActorSystem<Void> system) {
    this.system = system;
    NodeId id = Membership.nodeId(system);
    this.address = HostPort.parse("node", id.address());
    this.descriptor =
        new NodeDescriptor(id, name, "", "1.0.0", Map.of("tier", "web"), "127.0.0.1", 1, 0, 0);
  }

  /** A node whose actor system runs, so that its address is known; it has not joined. */
  static TestNode create(String name) {
    return create(name, "");
  }

  /** The same with this configuration laid over the others. */
  static TestNode create(String name, String overlay) {
    Config config =
        ConfigFactory.parseString(overlay)
            .withFallback(SILENT_DEATH)
            .withFallback(ClusterConfig.of(ClusterSettings.forTests()))
            .withFallback(ConfigFactory.load());
    return new TestNode(name, ActorSystem.create(Behaviors.empty(), "membership", config));
  }

  Membership start(FormationMethod method) {
    return start(method, PATIENCE);
  }

  Membership start(FormationMethod method, Duration joinTimeout) {
    FormationSettings formation =
        new FormationSettings(method, joinTimeout, Duration.ofMillis(500));
    RegistrySettings registry =
        RegistrySettings.from(ConfigFactory.load().getConfig("actormesh.cluster.registry"));
    return Membership.start(
        system,
        descriptor,
        new MembershipSettings(
            formation, registry, InstantSource.system(), ForkJoinPool.commonPool()));
  }

  NodeId id() {
    return descriptor.id();
  }

  /** Dies without saying anything to the others. */
  void kill() {
    close();
  }

  @Override
  public void close() {
    system.terminate();
    await(system.getWhenTerminated());
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not completed as expected: " + e, e);
    }
  }

  static MembershipView join(Membership membership) {
    return await(membership.join());
  }

  static UnaryOperator<NodeEntry> offering(String service) {
    return entry ->
        entry
            .withState(NodeState.READY)
            .withService(
                new ServiceEntry(
                    service,
                    "schema",
                    List.of(new InstanceEntry(0, InstanceState.READY, 1)),
                    false));
  }

  static List<NodeId> selectable(RegistrySnapshot snapshot, String service) {
    return snapshot.instances(service).stream()
        .filter(instance -> instance.selectable())
        .map(instance -> instance.nodeId())
        .toList();
  }
}
