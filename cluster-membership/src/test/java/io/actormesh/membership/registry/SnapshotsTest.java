package io.actormesh.membership.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.membership.InstanceEntry;
import io.actormesh.membership.InstanceState;
import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.ServiceEntry;
import io.actormesh.membership.ServiceInstance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotsTest {

  private static final NodeId SELF = new NodeId("127.0.0.1:1", 1);
  private static final NodeId OTHER = new NodeId("127.0.0.1:2", 1);
  private static final NodeEntry OWN = entry(SELF, NodeState.READY, InstanceState.READY);

  @ParameterizedTest
  @CsvSource({
    // status,  reachable, node,     instance, in the snapshot, selectable
    "UP,        true,      READY,    READY,    true,  true",
    "WEAKLY_UP, true,      READY,    READY,    true,  true",
    "JOINING,   true,      READY,    READY,    true,  true",
    "UP,        true,      STARTING, READY,    true,  false",
    "UP,        true,      DRAINING, READY,    true,  false",
    "UP,        true,      READY,    SERVING,  true,  false",
    "UP,        false,     READY,    READY,    true,  false",
    "LEAVING,   true,      READY,    READY,    true,  false",
    "EXITING,   true,      READY,    READY,    true,  false",
    "DOWN,      true,      READY,    READY,    false, false",
  })
  void anInstanceIsSelectableIfNothingSpeaksAgainstIt(
      MemberStatus status,
      boolean reachable,
      NodeState node,
      InstanceState instance,
      boolean present,
      boolean selectable) {
    RegistrySnapshot snapshot =
        snapshot(entry(OTHER, node, instance), member(OTHER, status, reachable));
    assertThat(snapshot.entry(OTHER).isPresent()).isEqualTo(present);
    assertThat(snapshot.instances("cart").stream().filter(i -> i.nodeId().equals(OTHER)))
        .hasSize(present ? 1 : 0)
        .allMatch(i -> i.selectable() == selectable);
  }

  @Test
  void theOwnEntryIsThereEvenBeforeTheNodeHasJoined() {
    RegistrySnapshot snapshot =
        Snapshots.of(1, OWN, EntryTable.empty(), MembershipView.empty(SELF));
    assertThat(snapshot.instances("cart")).extracting(ServiceInstance::nodeId).containsOnly(SELF);
    assertThat(snapshot.candidateNodes()).containsExactly(SELF);
  }

  @Test
  void anEntryOfAnotherIncarnationIsIgnored() {
    NodeId restarted = new NodeId(OTHER.address(), 2);
    RegistrySnapshot snapshot =
        snapshot(
            entry(OTHER, NodeState.READY, InstanceState.READY),
            member(restarted, MemberStatus.UP, true));
    assertThat(snapshot.entries()).containsOnlyKeys(SELF);
  }

  @Test
  void anEntryOfOneWhoIsNoMemberIsIgnored() {
    EntryTable table = EntryTable.empty().merge(entry(OTHER, NodeState.READY, InstanceState.READY));
    RegistrySnapshot snapshot = Snapshots.of(1, OWN, table, MembershipView.empty(SELF));
    assertThat(snapshot.entries()).containsOnlyKeys(SELF);
  }

  @Test
  void aServiceThatNobodyOffersHasNoInstances() {
    assertThat(RegistrySnapshot.initial(OWN).instances("nothing")).isEmpty();
    assertThat(RegistrySnapshot.initial(OWN).services()).isEqualTo(Set.of("cart"));
  }

  @Test
  void contentIsTheSameWhateverTheVersion() {
    MembershipView view = MembershipView.empty(SELF);
    RegistrySnapshot one = Snapshots.of(1, OWN, EntryTable.empty(), view);
    RegistrySnapshot two = Snapshots.of(2, OWN, EntryTable.empty(), view);
    RegistrySnapshot changed =
        Snapshots.of(2, OWN.withState(NodeState.DRAINING), EntryTable.empty(), view);
    assertThat(Snapshots.sameContent(one, two)).isTrue();
    assertThat(Snapshots.sameContent(one, changed)).isFalse();
  }

  private static RegistrySnapshot snapshot(NodeEntry other, Member member) {
    MembershipView view = MembershipView.empty(SELF).with(member);
    return Snapshots.of(1, OWN, EntryTable.empty().merge(other), view);
  }

  private static Member member(NodeId id, MemberStatus status, boolean reachable) {
    return new Member(id, status, reachable, Instant.EPOCH, "1", Set.of());
  }

  private static NodeEntry entry(NodeId id, NodeState state, InstanceState instance) {
    NodeDescriptor node = new NodeDescriptor(id, "n", "", "1", Map.of(), "127.0.0.1", 1, 0, 0);
    ServiceEntry cart =
        new ServiceEntry("cart", "", List.of(new InstanceEntry(0, instance, 1)), false);
    return new NodeEntry(node, state, 1, Map.of("cart", cart));
  }
}
