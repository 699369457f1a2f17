package io.actormesh.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.Member;
import io.actormesh.membership.MemberStatus;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.NodeId;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MajorityTest {

  /** Ports of the members, this node's first; a port with - is out of reach. */
  private static MembershipView view(String members) {
    String[] ports = members.split(" ", -1);
    MembershipView view = MembershipView.empty(id(ports[0]));
    for (String port : ports) {
      MemberStatus status = port.endsWith("j") ? MemberStatus.JOINING : MemberStatus.UP;
      view = view.with(member(id(port), status, !port.startsWith("-")));
    }
    return view;
  }

  private static NodeId id(String port) {
    return new NodeId("127.0.0.1:" + port.replaceAll("\\D", ""), 1);
  }

  private static Member member(NodeId id, MemberStatus status, boolean reachable) {
    return new Member(id, status, reachable, Instant.EPOCH, "1", Set.of());
  }

  private static Majority majority(String strategy, int quorum) {
    return Majority.of(
        ConfigFactory.parseString("strategy = " + strategy + ", quorum-size = " + quorum));
  }

  @ParameterizedTest
  @CsvSource({
    "100, true",
    "100 200 300, true",
    "100 200 -300, true",
    "100 -200 -300, false",
    "100 200 -300 -400 -500, false",
    "100 200 300 -400 -500, true",
    // Of two halves the one with the lowest address goes on, by number.
    "99 -100, true",
    "100 -99, false",
    "400 99 -200 -300, true",
    // Others may have lost contact with this node; it has not.
    "-100 200 -300, true",
    // Who is still joining has no say.
    "100 -200j -300j, true",
  })
  void keepMajorityGoesOnWithMoreThanHalfOrWithTheLowestOfTwoHalves(String members, boolean held) {
    assertThat(majority("keep-majority", 0).held(view(members))).isEqualTo(held);
  }

  @ParameterizedTest
  @CsvSource({"100 200 -300, true", "100 -200 -300, false"})
  void aStaticQuorumIsCounted(String members, boolean held) {
    assertThat(majority("static-quorum", 2).held(view(members))).isEqualTo(held);
  }

  @Test
  void otherStrategiesCannotBeToldByCounting() {
    assertThat(majority("keep-majority", 0).countable()).isTrue();
    assertThat(majority("keep-oldest", 0).countable()).isFalse();
    assertThat(majority("keep-oldest", 0).held(view("100 -200 -300"))).isTrue();
  }
}
