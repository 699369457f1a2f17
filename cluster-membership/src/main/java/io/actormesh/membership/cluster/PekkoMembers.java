package io.actormesh.membership.cluster;

import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.NodeId;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.Address;

/** The border to Pekko's types of members. */
final class PekkoMembers {

  private PekkoMembers() {}

  static NodeId id(org.apache.pekko.cluster.Member member) {
    Address address = member.address();
    String hostPort = address.getHost().orElse("") + ":" + address.getPort().orElse(0);
    return new NodeId(hostPort, member.uniqueAddress().longUid());
  }

  static Member member(org.apache.pekko.cluster.Member member, Instant now) {
    return new Member(
        id(member), status(member), true, now, member.appVersion().version(), roles(member));
  }

  /** Without the role by which Pekko marks the data centre. */
  private static Set<String> roles(org.apache.pekko.cluster.Member member) {
    return member.getRoles().stream()
        .filter(role -> !role.startsWith("dc-"))
        .collect(Collectors.toUnmodifiableSet());
  }

  static MemberStatus status(org.apache.pekko.cluster.Member member) {
    return switch (member.status().toString()) {
      case "Joining" -> MemberStatus.JOINING;
      case "WeaklyUp" -> MemberStatus.WEAKLY_UP;
      case "Leaving" -> MemberStatus.LEAVING;
      case "Exiting" -> MemberStatus.EXITING;
      case "Down", "Removed" -> MemberStatus.DOWN;
      // Up, and the two states that precede an announced shutdown of the whole cluster: members
      // work on in them until they are told to leave.
      default -> MemberStatus.UP;
    };
  }
}
