package io.actormesh.membership.cluster;

import io.actormesh.membership.Member;
import io.actormesh.membership.MembershipView;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each thing that happens to a member. */
final class MemberLog {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private MemberLog() {}

  static void log(MembershipView before, MembershipView after) {
    for (Member now : after.members()) {
      Optional<Member> was = before.member(now.id());
      if (was.isEmpty() || was.get().status() != now.status()) {
        logStatus(now);
      }
      if (now.reachable() != was.map(Member::reachable).orElse(true)) {
        logReachability(now, after);
      }
    }
    for (Member was : before.members()) {
      if (after.member(was.id()).isEmpty()) {
        LOG.info("Node {} removed", was.id());
      }
    }
  }

  private static void logStatus(Member member) {
    String status = member.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    LOG.info("Node {} {}", member.id(), status);
  }

  private static void logReachability(Member member, MembershipView view) {
    if (member.reachable()) {
      LOG.info("Node {} reachable again, as {} sees it", member.id(), view.self());
    } else {
      LOG.warn(
          "Node {} ({}) unreachable, as {} sees it; until it is back or removed nobody can join or"
              + " leave",
          member.id(),
          member.status(),
          view.self());
    }
  }
}
