package io.actormesh.membership.cluster;

import static io.actormesh.membership.cluster.TestNode.offering;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.formation.FormationMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  @Test
  void nodesOfOneAuthorityTalkAndAPlainOneIsKeptOut(@TempDir Path folder) throws Exception {
    String secured = secured(PemFiles.create(folder));
    try (TestNode first = TestNode.create("first", secured);
        TestNode second = TestNode.create("second", secured);
        TestNode plain = TestNode.create("plain")) {
      FormationMethod seeds = FormationMethod.seeds(List.of(first.address));
      TestNode.join(first.start(seeds));
      Membership member = second.start(seeds);
      TestNode.join(member);
      assertThat(TestNode.await(member.registry().publish(offering("safe"))).confirmedBy())
          .containsExactlyInAnyOrder(first.id(), second.id());

      assertThat(plain.start(seeds, Duration.ofSeconds(2)).join())
          .failsWithin(TestNode.PATIENCE)
          .withThrowableThat()
          .withMessageContaining("no answer from");
    }
  }

  private static String secured(TlsFiles files) {
    ClusterSettings open = ClusterSettings.forTests();
    var settings =
        new ClusterSettings(
            open.address(),
            open.version(),
            open.splitBrain(),
            open.heartbeatInterval(),
            open.acceptablePause(),
            open.seedTimeout(),
            open.drainTimeout(),
            open.maxFrameBytes(),
            Optional.of(files),
            open.exitJvm(),
            open.profile());
    return ClusterConfig.of(settings).withFallback(ConfigFactory.empty()).root().render();
  }
}
