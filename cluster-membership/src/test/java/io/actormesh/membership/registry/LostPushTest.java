package io.actormesh.membership.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.Confirmation;
import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.ServiceEntry;
import io.actormesh.membership.cluster.ClusterConfig;
import io.actormesh.membership.cluster.ClusterSettings;
import io.actormesh.membership.cluster.Membership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, one of which never gets a direct message through. */
class LostPushTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Peers NOBODY =
      new Peers() {
        @Override
        public void tell(NodeId peer, Word word) {}

        @Override
        public void retain(Set<NodeId> members) {}
      };

  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private ActorSystem<Void> mute;
  private ActorSystem<Void> hearing;

  @BeforeEach
  void formCluster() {
    mute = system();
    hearing = system();
    Cluster first = Cluster.get(mute);
    first.manager().tell(Join.create(first.selfMember().address()));
    Cluster.get(hearing).manager().tell(Join.create(first.selfMember().address()));
    await().atMost(PATIENCE).until(() -> up(mute) == 2 && up(hearing) == 2);
  }

  @AfterEach
  void terminate() throws Exception {
    systems.forEach(ActorSystem::terminate);
    for (ActorSystem<Void> system : systems) {
      system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aPushThatIsLostArrivesThroughDistributedDataAndIsConfirmed() throws Exception {
    ReplicatedRegistry listener = start(hearing, remotePeers(hearing));
    ReplicatedRegistry speaker = start(mute, NOBODY);
    await().atMost(PATIENCE).until(() -> listener.snapshot().entry(id(mute)).isPresent());

    Confirmation confirmation = publish(speaker, "unheard");

    assertThat(confirmation.confirmedBy()).containsExactlyInAnyOrder(id(mute), id(hearing));
    assertThat(listener.snapshot().entry(id(mute)))
        .hasValueSatisfying(entry -> assertThat(entry.services()).containsOnlyKeys("unheard"));
  }

  @Test
  void whatIsNewIsToldAloneAndTheWholeWhenThatIsLost() throws Exception {
    start(hearing, remotePeers(hearing));
    Peers remote = remotePeers(mute);
    List<Word> told = new CopyOnWriteArrayList<>();
    AtomicInteger amendments = new AtomicInteger();
    ReplicatedRegistry speaker =
        start(
            mute,
            new Peers() {
              @Override
              public void tell(NodeId peer, Word word) {
                told.add(word);
                // As if the first amendment had been lost on its way.
                if (!(word instanceof Word.Amend) || amendments.incrementAndGet() > 1) {
                  remote.tell(peer, word);
                }
              }

              @Override
              public void retain(Set<NodeId> members) {}
            });
    assertThat(publish(speaker, "heard").complete()).isTrue();

    for (NodeState state : List.of(NodeState.DRAINING, NodeState.READY)) {
      told.clear();
      Confirmation confirmation =
          speaker
              .publish(entry -> entry.withState(state))
              .toCompletableFuture()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      assertThat(confirmation.confirmedBy()).contains(id(hearing));
      assertThat(told.stream().filter(word -> !(word instanceof Word.Holds)))
          .first()
          .isInstanceOf(Word.Amend.class);
    }
  }

  @Test
  void aNodeThatComesLateHoldsWhatWasPublishedBefore() {
    ReplicatedRegistry speaker = start(mute, NOBODY);
    speaker.publish(offering("early"));

    ReplicatedRegistry late = start(hearing, NOBODY);

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                late.snapshot()
                    .entry(id(mute))
                    .filter(entry -> entry.services().containsKey("early"))
                    .isPresent());
    assertThat(ReplicaReader.keys(hearing))
        .containsExactlyInAnyOrder(id(mute).toString(), id(hearing).toString());
  }

  private ReplicatedRegistry start(ActorSystem<Void> system, Peers peers) {
    // Longer than the default, as Distributed Data takes its time on a busy machine.
    RegistrySettings settings =
        new RegistrySettings(PATIENCE, Duration.ofMillis(300), Duration.ofSeconds(60), 192 * 1024);
    NodeDescriptor node =
        new NodeDescriptor(id(system), "n", "", "1", Map.of(), "127.0.0.1", 1, 0, 0);
    ReplicatedRegistry registry =
        ReplicatedRegistry.start(
            system,
            NodeEntry.starting(node),
            settings,
            InstantSource.system(),
            ForkJoinPool.commonPool(),
            peers);
    registry.members(
        MembershipView.empty(id(system)).with(member(id(mute))).with(member(id(hearing))));
    return registry;
  }

  private static Peers remotePeers(ActorSystem<Void> system) {
    return new RemotePeers(
        system, Cluster.get(system).selfMember().address(), "/system/actormesh-registry");
  }

  private static Confirmation publish(ReplicatedRegistry registry, String service)
      throws Exception {
    return registry
        .publish(offering(service))
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static UnaryOperator<NodeEntry> offering(String service) {
    return entry ->
        entry
            .withState(NodeState.READY)
            .withService(new ServiceEntry(service, "schema", List.of(), false));
  }

  private static Member member(NodeId id) {
    return new Member(id, MemberStatus.UP, true, Instant.EPOCH, "1", Set.of());
  }

  private static NodeId id(ActorSystem<?> system) {
    return Membership.nodeId(system);
  }

  private static long up(ActorSystem<?> system) {
    return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
        .filter(member -> member.status().toString().equals("Up"))
        .count();
  }

  private ActorSystem<Void> system() {
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "membership",
            ClusterConfig.of(ClusterSettings.forTests()).withFallback(ConfigFactory.load()));
    systems.add(system);
    return system;
  }
}
