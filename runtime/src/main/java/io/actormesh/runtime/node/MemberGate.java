package io.actormesh.runtime.node;

import io.actormesh.membership.Member;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.cluster.Membership;
import io.actormesh.runtime.link.MembershipGate;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets in whom the membership view knows. */
final class MemberGate implements MembershipGate {

  private final Supplier<Optional<Membership>> membership;

  MemberGate(Supplier<Optional<Membership>> membership) {
    this.membership = membership;
  }

  @Override
  public Standing standing(String nodeAddress, long incarnation) {
    NodeId caller = new NodeId(nodeAddress, incarnation);
    return membership
        .get()
        .map(Membership::view)
        .map(
            view -> {
              if (view.member(caller).isPresent()) {
                return Standing.KNOWN;
              }
              boolean other =
                  view.members().stream().anyMatch(member -> sameAddress(member, caller));
              return other ? Standing.WRONG_INCARNATION : Standing.NOT_YET;
            })
        .orElse(Standing.NOT_YET);
  }

  private static boolean sameAddress(Member member, NodeId caller) {
    return member.id().address().equals(caller.address());
  }
}
