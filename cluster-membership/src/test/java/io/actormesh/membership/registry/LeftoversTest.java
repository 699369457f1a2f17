package io.actormesh.membership.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeftoversTest {

  private static final NodeId SELF = new NodeId("127.0.0.1:2", 1);
  private static final NodeId FIRST = new NodeId("127.0.0.1:1", 1);
  private static final NodeId GONE = new NodeId("127.0.0.1:3", 1);
  private static final Set<String> KEYS = Set.of(key(SELF), key(GONE));
  private static final Instant NOW = Instant.EPOCH;

  private final MembershipView alone = view(MemberStatus.UP, SELF);
  private final Leftovers leftovers = new Leftovers(Duration.ofSeconds(60));

  @Test
  void theEntryOfARemovedMemberIsDueAtOnce() {
    leftovers.departed(Set.of(GONE));
    assertThat(leftovers.due(KEYS, alone, NOW)).containsExactly(key(GONE));
  }

  @Test
  void theEntryOfAStrangerIsDueOnceThePatienceIsOver() {
    assertThat(leftovers.due(KEYS, alone, NOW)).isEmpty();
    assertThat(leftovers.due(KEYS, alone, NOW.plusSeconds(59))).isEmpty();
    assertThat(leftovers.due(KEYS, alone, NOW.plusSeconds(60))).containsExactly(key(GONE));
  }

  @Test
  void aStrangerThatJoinsIsSpared() {
    assertThat(leftovers.due(KEYS, alone, NOW)).isEmpty();
    MembershipView joined = alone.with(member(GONE, MemberStatus.JOINING, true));
    assertThat(leftovers.due(KEYS, joined, NOW.plusSeconds(60))).isEmpty();
    assertThat(leftovers.due(KEYS, alone, NOW.plusSeconds(61))).isEmpty();
  }

  @Test
  void theFirstOfThoseWhoAreUpDeletes() {
    leftovers.departed(Set.of(GONE));
    MembershipView led = alone.with(member(FIRST, MemberStatus.UP, true));
    assertThat(leftovers.due(KEYS, led, NOW)).isEmpty();
    MembershipView lost = led.with(member(FIRST, MemberStatus.UP, false));
    assertThat(leftovers.due(KEYS, lost, NOW)).containsExactly(key(GONE));
  }

  @Test
  void aNodeThatIsNotUpDeletesNothing() {
    leftovers.departed(Set.of(GONE));
    assertThat(leftovers.due(KEYS, view(MemberStatus.JOINING, SELF), NOW)).isEmpty();
  }

  private static String key(NodeId node) {
    return SharedTable.keyOf(node);
  }

  private static MembershipView view(MemberStatus status, NodeId node) {
    return MembershipView.empty(SELF).with(member(node, status, true));
  }

  private static Member member(NodeId id, MemberStatus status, boolean reachable) {
    return new Member(id, status, reachable, Instant.EPOCH, "1", Set.of());
  }
}
