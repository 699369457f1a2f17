package io.actormesh.testkit;

import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.ServiceEndpoint;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/** What single nodes see of the mesh. */
final class Views {

  private Views() {}

  /** What is wrong with a node's view of the service, if it does not have so many instances. */
  static Optional<String> instances(MeshNode node, String service, int expected) {
    List<ServiceEndpoint> endpoints = node.services().lookup(service);
    long selectable = endpoints.stream().filter(ServiceEndpoint::selectable).count();
    return selectable == expected
        ? Optional.empty()
        : Optional.of(node.name() + " can choose from " + selectable + " of " + endpoints);
  }

  /** What is wrong with a node's view of the cluster, if it does not have so many sound members. */
  static Optional<String> members(MeshNode node, int expected) {
    CurrentClusterState state = state(node);
    List<Member> members = members(state);
    boolean sound =
        members.size() == expected
            && state.getUnreachable().isEmpty()
            && members.stream().allMatch(member -> member.status() == MemberStatus.up());
    return sound
        ? Optional.empty()
        : Optional.of(node.name() + " sees " + members + ", unreachable " + state.getUnreachable());
  }

  /** Whether so few nodes cannot outvote those that they count as members. */
  static boolean noMajority(Collection<MeshNode> survivors, MeshNode one) {
    return survivors.size() * 2 <= members(state(one)).size();
  }

  static Address address(MeshNode node) {
    return Cluster.get(node.system()).selfMember().address();
  }

  /** Tells a node that another one is gone for good. */
  static void down(MeshNode teller, Address gone) {
    Cluster.get(teller.system()).manager().tell(new Down(gone));
  }

  private static CurrentClusterState state(MeshNode node) {
    return Cluster.get(node.system()).state();
  }

  private static List<Member> members(CurrentClusterState state) {
    return StreamSupport.stream(state.getMembers().spliterator(), false).toList();
  }
}
