package io.actormesh.membership;

import java.time.Instant;
import java.util.Set;

/**
 * One member of the cluster, as this node sees it.
 *
 * @param id which run of which node
 * @param status where it stands
 * @param reachable whether no other member has lost contact with it
 * @param since when this node learned of the present status and reachability, by its own clock
 * @param version the application version it joined with
 * @param roles the cluster roles it joined with
 */
public record Member(
    NodeId id,
    MemberStatus status,
    boolean reachable,
    Instant since,
    String version,
    Set<String> roles) {

  public Member {
    roles = Set.copyOf(roles);
  }

  /** The same member with another status. */
  public Member withStatus(MemberStatus newStatus, Instant now) {
    return new Member(id, newStatus, reachable, now, version, roles);
  }

  /** The same member, reachable or not. */
  public Member withReachable(boolean nowReachable, Instant now) {
    return new Member(id, status, nowReachable, now, version, roles);
  }
}
