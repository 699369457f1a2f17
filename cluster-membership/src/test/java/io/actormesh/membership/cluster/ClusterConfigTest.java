package io.actormesh.membership.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.MembershipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterConfigTest {

  @TempDir Path folder;

  @Test
  void theDefaultsAreThoseOfAProductionNode() {
    Config config = config("");
    assertThat(config.getString("pekko.actor.provider")).isEqualTo("cluster");
    assertThat(config.getBoolean("pekko.actor.allow-java-serialization")).isFalse();
    assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(7355);
    assertThat(config.getInt("pekko.remote.artery.bind.port")).isEqualTo(7355);
    assertThat(config.getBoolean("pekko.remote.artery.propagate-harmless-quarantine-events"))
        .isFalse();
    assertThat(config.getString("pekko.cluster.downing-provider-class"))
        .endsWith("SplitBrainResolverProvider");
    assertThat(config.getDuration("pekko.cluster.split-brain-resolver.stable-after")).hasSeconds(7);
    assertThat(config.getString("pekko.cluster.app-version")).isEqualTo("1.4.2");
    assertThat(config.getBoolean("pekko.coordinated-shutdown.exit-jvm")).isTrue();
    assertThat(
            config.getDuration("pekko.coordinated-shutdown.phases.before-service-unbind.timeout"))
        .isGreaterThan(Duration.ofSeconds(30));
  }

  @Test
  void theProfileDecidesWhatIsLeftToItAndNothingElse() {
    Config standard = config("");
    Config fast = config("cluster.profile = fast");
    Config own = config("cluster { profile = fast, split-brain.stable-after = 20s }");

    assertThat(pause(standard)).hasSeconds(5);
    assertThat(pause(fast)).hasSeconds(3);
    assertThat(pause(own)).hasSeconds(3);
    assertThat(stableAfter(standard)).hasSeconds(7);
    assertThat(stableAfter(fast)).hasSeconds(4);
    assertThat(stableAfter(own)).hasSeconds(20);
    assertThat(fast.getDuration("pekko.cluster.gossip-interval"))
        .isLessThan(standard.getDuration("pekko.cluster.gossip-interval"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster.profile = standard",
        "cluster.profile = fast",
        "cluster.split-brain.strategy = keep-oldest",
        "cluster.split-brain.strategy = down-all",
        "cluster.split-brain { strategy = static-quorum, quorum-size = 3 }",
      })
  void somebodyAlwaysDecidesASplitAndAQuarantineNeverSpreads(String change) {
    // As a node lays it: over whatever the application says.
    Config whole =
        config(change)
            .withFallback(
                ConfigFactory.parseString(
                    "pekko.cluster.downing-provider-class = \"\"\n"
                        + "pekko.remote.artery.propagate-harmless-quarantine-events = on"))
            .withFallback(ConfigFactory.load());

    assertThat(whole.getString("pekko.cluster.downing-provider-class"))
        .isEqualTo("org.apache.pekko.cluster.sbr.SplitBrainResolverProvider");
    assertThat(whole.getBoolean("pekko.remote.artery.propagate-harmless-quarantine-events"))
        .isFalse();
    assertThat(stableAfter(whole)).isPositive();
  }

  private static Duration pause(Config config) {
    return config.getDuration("pekko.cluster.failure-detector.acceptable-heartbeat-pause");
  }

  private static Duration stableAfter(Config config) {
    return config.getDuration("pekko.cluster.split-brain-resolver.stable-after");
  }

  @Test
  void whereOneListensMayDifferFromWhatOthersDial() {
    Config config = config("cluster { host = mesh-0.mesh, bind-host = 0.0.0.0, bind-port = 9000 }");
    assertThat(config.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("mesh-0.mesh");
    assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(7355);
    assertThat(config.getString("pekko.remote.artery.bind.hostname")).isEqualTo("0.0.0.0");
    assertThat(config.getInt("pekko.remote.artery.bind.port")).isEqualTo(9000);
  }

  @Test
  void gossipHasThreadsOfItsOwn() {
    Config all = config("").withFallback(ConfigFactory.load());
    String dispatcher = all.getString("pekko.cluster.use-dispatcher");
    assertThat(all.hasPath(dispatcher + ".executor")).isTrue();
    assertThat(all.getString("pekko.cluster.distributed-data.use-dispatcher"))
        .isEqualTo(dispatcher);
  }

  @Test
  void theTlsFilesAreTheRotatingKeys() throws IOException {
    Path pem = Files.createFile(folder.resolve("all.pem"));
    Config config =
        config(
            "cluster.tls { enabled = true, key-file = \"%\", certificate-file = \"%\","
                    .replace("%", pem.toString())
                + " authority-file = \"%\" }".replace("%", pem.toString()));
    assertThat(config.getString("pekko.remote.artery.transport")).isEqualTo("tls-tcp");
    assertThat(config.getString("pekko.remote.artery.ssl.rotating-keys-engine.key-file"))
        .isEqualTo(pem.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster.split-brain.strategy = keep-me         | split-brain.strategy: 'keep-me'",
        "cluster.split-brain.strategy = static-quorum   | split-brain.quorum-size: 0",
        "cluster.split-brain.stable-after = 0s          | split-brain.stable-after",
        "cluster.port = 70000                           | cluster.port: 70000",
        "cluster.host = ''                              | cluster.host",
        "cluster.max-frame-size = 1k                    | max-frame-size",
        "cluster.tls { enabled = true }                 | tls.key-file",
      })
  void whatCannotWorkIsRefusedWithItsKey(String change, String problem) {
    assertThatThrownBy(() -> config(change.replace("''", "\"\"")))
        .isInstanceOf(MembershipException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("Fix: ");
  }

  @Test
  void aVersionThatCannotBeComparedIsRefused() {
    Config actormesh = ConfigFactory.load().getConfig("actormesh");
    assertThatThrownBy(
            () -> ClusterSettings.from(actormesh, "1.2.3.4.5", Duration.ofSeconds(30), false))
        .isInstanceOf(MembershipException.class)
        .hasMessageContaining("1.2.3.4.5");
  }

  private static Config config(String change) {
    Config actormesh =
        ConfigFactory.parseString(change).withFallback(ConfigFactory.load().getConfig("actormesh"));
    return ClusterConfig.of(ClusterSettings.from(actormesh, "1.4.2", Duration.ofSeconds(30), true));
  }
}
