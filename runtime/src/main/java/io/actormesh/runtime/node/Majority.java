package io.actormesh.runtime.node;

import com.typesafe.config.Config;
import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipView;
import java.util.Comparator;
import java.util.List;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;

/**
 * Whether this node is on the side that goes on if the members that it cannot reach never come
 * back: what the split-brain resolver decides only when it has been so for a while. Whoever runs
 * what others must not run, too, gives it up at the first sign.
 */
final class Majority {

  /** Of two equal halves the one with the lowest address goes on. */
  private static final Comparator<Address> ADDRESSES =
      org.apache.pekko.cluster.Member.addressOrdering();

  private final String strategy;
  private final int quorum;

  private Majority(String strategy, int quorum) {
    this.strategy = strategy;
    this.quorum = quorum;
  }

  /**
   * By the node's strategy.
   *
   * @param splitBrain the object {@code actormesh.cluster.split-brain}
   */
  static Majority of(Config splitBrain) {
    return new Majority(splitBrain.getString("strategy"), splitBrain.getInt("quorum-size"));
  }

  /** Whether the strategy lets a node tell by counting; if not, it knows when it is removed. */
  boolean countable() {
    return strategy.equals("keep-majority") || strategy.equals("static-quorum");
  }

  /** Whether the node has it; always if it is not {@link #countable}. */
  boolean held(MembershipView view) {
    List<Member> counted = view.members().stream().filter(Majority::counts).toList();
    long reached = counted.stream().filter(member -> reached(member, view)).count();
    return switch (strategy) {
      case "keep-majority" -> larger(2 * reached - counted.size(), counted, view);
      case "static-quorum" -> reached >= quorum;
      default -> true;
    };
  }

  private static boolean larger(long surplus, List<Member> counted, MembershipView view) {
    return surplus == 0 ? hasLowest(counted, view) : surplus > 0;
  }

  private static boolean hasLowest(List<Member> counted, MembershipView view) {
    return counted.stream()
        .min(Comparator.comparing(Majority::address, ADDRESSES))
        .map(lowest -> reached(lowest, view))
        .orElse(true);
  }

  private static boolean counts(Member member) {
    return member.status() == MemberStatus.UP || member.status() == MemberStatus.LEAVING;
  }

  private static boolean reached(Member member, MembershipView view) {
    return member.reachable() || member.id().equals(view.self());
  }

  private static Address address(Member member) {
    return AddressFromURIString.apply("pekko://mesh@" + member.id().address());
  }
}
