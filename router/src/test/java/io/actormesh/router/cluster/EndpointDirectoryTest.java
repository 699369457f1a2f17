package io.actormesh.router.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.membership.InstanceEntry;
import io.actormesh.membership.InstanceState;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.ServiceEntry;
import io.actormesh.router.Endpoint;
import io.actormesh.router.balance.Balancers;
import io.actormesh.router.balance.Tried;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EndpointDirectoryTest {

  private static final NodeEntry A = node("a", 1, NodeState.READY, 2);
  private static final NodeEntry B = node("b", 2, NodeState.READY, 1);

  private final EndpointDirectory directory =
      new EndpointDirectory(
          snapshot(0, Set.of(), A),
          service -> new Balancers(new SplittableRandom(1)).named("power-of-two-choices"));
  private final ServiceRoute route = directory.route("greeter");

  @Test
  void aSnapshotBecomesTheRoutesEndpoints() {
    directory.accept(snapshot(1, Set.of(), A, B));
    assertThat(labels(route)).containsExactly("a/0", "a/1", "b/0");
    assertThat(route.endpoints().endpoints())
        .extracting(endpoint -> endpoint.info().local())
        .containsExactly(true, true, false);
    assertThat(directory.route("nobody").endpoints().endpoints()).isEmpty();
  }

  @Test
  void anEndpointKeepsItsCountWhileItIsKnown() {
    Endpoint before = route.endpoints().endpoints().get(0);
    before.begin();
    directory.accept(snapshot(1, Set.of(), node("a", 1, NodeState.DRAINING, 2)));
    Endpoint draining = route.endpoints().endpoints().get(0);
    assertThat(draining.inFlight()).isOne();
    assertThat(draining.selectable()).isFalse();
    assertThat(draining.exclusion()).isEqualTo("draining");
    before.end();
    assertThat(draining.inFlight()).isZero();
  }

  @Test
  void nodesThatDrainAreUnreachableOrUnhealthyAreNotPickedWhileAnotherIsThere() {
    directory.accept(snapshot(1, Set.of(B.id()), node("a", 1, NodeState.DRAINING, 2), B));
    assertThat(route.picker().pick(Tried.NONE)).map(Endpoint::exclusion).contains("draining");
    assertThat(route.endpoints().endpoints().get(2).exclusion()).isEqualTo("unreachable");

    directory.accept(snapshot(2, Set.of(), node("a", 1, NodeState.DRAINING, 2), B));
    assertThat(route.picker().pick(Tried.NONE)).map(Endpoint::label).contains("b/0");

    directory.health(B.id()).markUnusable("silent");
    assertThat(route.picker().pick(Tried.NONE)).map(Endpoint::exclusion).contains("draining");
    directory.health(B.id()).markUsable();
    assertThat(route.picker().pick(Tried.NONE)).map(Endpoint::label).contains("b/0");
  }

  @Test
  void anOlderSnapshotChangesNothing() {
    directory.accept(snapshot(5, Set.of(), A, B));
    directory.accept(snapshot(4, Set.of(), A));
    assertThat(labels(route)).contains("b/0");
  }

  private static List<String> labels(ServiceRoute route) {
    return route.endpoints().endpoints().stream().map(Endpoint::label).toList();
  }

  private static RegistrySnapshot snapshot(
      long version, Set<NodeId> unreachable, NodeEntry... nodes) {
    Map<NodeId, NodeEntry> entries = new HashMap<>();
    for (NodeEntry node : nodes) {
      entries.put(node.id(), node);
    }
    return RegistrySnapshot.of(version, A.id(), entries, unreachable, Set.of());
  }

  private static NodeEntry node(String name, int port, NodeState state, int instances) {
    List<InstanceEntry> entries =
        List.of(
                new InstanceEntry(0, InstanceState.READY, 1),
                new InstanceEntry(1, InstanceState.READY, 1))
            .subList(0, instances);
    NodeDescriptor descriptor =
        new NodeDescriptor(
            new NodeId("127.0.0.1:" + port, port), name, "", "", Map.of(), "127.0.0.1", 1, 0, 0);
    return new NodeEntry(
        descriptor, state, 1, Map.of("greeter", new ServiceEntry("greeter", "", entries, false)));
  }
}
