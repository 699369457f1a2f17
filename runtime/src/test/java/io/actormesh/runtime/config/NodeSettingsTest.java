package io.actormesh.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {

  @Test
  void withNothingSetItIsACompleteNodeOnLoopback() {
    NodeSettings settings = load("", Map.of());

    assertThat(settings.profile()).isEqualTo(NodeSettings.Profile.DEV);
    assertThat(settings.node().host()).isEqualTo("127.0.0.1");
    assertThat(settings.node().bindHost()).isEqualTo("127.0.0.1");
    assertThat(settings.ingress().bindHost()).isEqualTo("127.0.0.1");
    assertThat(settings.admin().bindHost()).isEqualTo("127.0.0.1");
    assertThat(settings.cluster().port()).isEqualTo(7355);
    assertThat(settings.link().port()).isZero();
    assertThat(settings.ingress().port()).hasValue(8080);
    assertThat(settings.admin().port()).isEqualTo(7626);
    assertThat(settings.cluster().seeds()).isEmpty();
    assertThat(settings.node().services().includes("anything")).isTrue();
    assertThat(settings.ingress().maxBody()).isEqualTo(1024 * 1024);
    assertThat(settings.tls().enabled()).isFalse();
  }

  @Test
  void theNameIsHostAndBoundPortUnlessSet() {
    assertThat(load("cluster.port = 0", Map.of()).name(4711)).isEqualTo("127.0.0.1:4711");
    assertThat(load("node.name = ann", Map.of()).name(4711)).isEqualTo("ann");
  }

  @Test
  void everyVariableWinsOverTheFile() {
    NodeSettings settings =
        load(
            "node.zone = file, node.labels { tier = gold }",
            Map.ofEntries(
                Map.entry("MESH_NODE", "ann"),
                Map.entry("MESH_HOST", "10.0.0.1"),
                Map.entry("MESH_PORT", "1"),
                Map.entry("MESH_LINK_PORT", "2"),
                Map.entry("MESH_HTTP_PORT", "3"),
                Map.entry("MESH_ADMIN_PORT", "4"),
                Map.entry("MESH_SEEDS", "10.0.0.1:1, [::1]:7"),
                Map.entry("MESH_ZONE", "west-1a"),
                Map.entry("MESH_VERSION", "2.0.1"),
                Map.entry("MESH_LABELS", "disk=fast, track=canary=1"),
                Map.entry("MESH_SERVICES", "greeter,pricing"),
                Map.entry("MESH_PROFILE", "dev"),
                Map.entry("PATH", "not ours")));

    assertThat(settings.name(0)).isEqualTo("ann");
    assertThat(settings.node().host()).isEqualTo("10.0.0.1");
    assertThat(settings.cluster().port()).isEqualTo(1);
    assertThat(settings.cluster().bindPort()).isEqualTo(1);
    assertThat(settings.link().port()).isEqualTo(2);
    assertThat(settings.ingress().port()).hasValue(3);
    assertThat(settings.admin().port()).isEqualTo(4);
    assertThat(settings.cluster().seeds())
        .containsExactly(new HostPort("10.0.0.1", 1), new HostPort("::1", 7));
    assertThat(settings.node().zone()).isEqualTo("west-1a");
    assertThat(settings.node().version()).isEqualTo("2.0.1");
    assertThat(settings.node().labels())
        .isEqualTo(Map.of("tier", "gold", "disk", "fast", "track", "canary=1"));
    assertThat(settings.node().services())
        .isEqualTo(new NodeSettings.Services(false, Set.of("greeter", "pricing")));
  }

  @Test
  void anEmptyHttpPortMeansNoFrontDoorAndOtherEmptyVariablesMeanNothing() {
    Map<String, String> environment =
        Map.of("MESH_HTTP_PORT", "", "MESH_ZONE", "", "MESH_SEEDS", " ");

    NodeSettings settings = load("", environment);

    assertThat(settings.ingress().port()).isEqualTo(OptionalInt.empty());
    assertThat(settings.node().zone()).isEmpty();
    assertThat(settings.cluster().seeds()).isEmpty();
  }

  @Test
  void servicesNoneIsAPureIngress() {
    NodeSettings settings = load("", Map.of("MESH_SERVICES", "none"));

    assertThat(settings.node().services().includes("greeter")).isFalse();
  }

  @Test
  void servicesCanBeAList() {
    NodeSettings settings = load("node.services = [greeter]", Map.of());

    assertThat(settings.node().services().includes("greeter")).isTrue();
    assertThat(settings.node().services().includes("pricing")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "MESH_NODES, MESH_NODE",
    "MESH_PORTS, MESH_PORT",
    "MESH_HTTPPORT, MESH_HTTP_PORT",
    "MESH_SEED, MESH_SEEDS",
  })
  void anUnknownVariableIsRefusedWithTheNearest(String variable, String nearest) {
    assertThat(findings("", Map.of(variable, "x")))
        .singleElement()
        .satisfies(f -> assertThat(f.path()).isEqualTo(variable))
        .satisfies(f -> assertThat(f.fix()).isEqualTo("Did you mean " + nearest + "?"));
  }

  @Test
  void variablesOfKubernetesServicesGetTheirOwnAdvice() {
    assertThat(findings("", Map.of("MESH_SERVICE_HOST", "10.0.0.9")))
        .singleElement()
        .satisfies(f -> assertThat(f.fix()).contains("enableServiceLinks"));
  }

  @Test
  void aWrongVariableIsNamed() {
    assertThat(findings("", Map.of("MESH_PORT", "http")))
        .singleElement()
        .hasToString(
            "actormesh.cluster.port (MESH_PORT): \"http\" is not a whole number."
                + " Allowed: 0 to 65535");
  }

  @Test
  void aLabelWithoutValueIsNamed() {
    assertThat(findings("", Map.of("MESH_LABELS", "a=b,oops")))
        .singleElement()
        .hasToString("MESH_LABELS (environment): \"oops\" is not name=value. Write a=b,c=d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster.host = 0.0.0.0",
        "cluster.host = \"a host\"",
        "cluster.host = \"host:80\"",
        "node.version = \"\"",
        "node.labels { \"a b\" = x }",
        "node.labels { a = [x] }",
        "node.services = \"a b\"",
        "node.services = { greeter = on }",
        "cluster.port = 65536",
        "cluster.port = -1",
        "cluster.port = 7355.5",
        "cluster.name = \"a b\"",
        "discovery.seeds = [\"host\"]",
        "discovery.seeds = [\"host:0\"]",
        "discovery.seeds = [\"http://host:7355\"]",
        "cluster.split-brain.stable-after = 7",
        "cluster.split-brain.stable-after = 1 ms",
        "link.dead-after = 500 ms",
        "link.write-buffer.low = 2 MiB",
        "link.connections = 0",
        "link = 7355",
        "ingress.max-body = 1 GiB",
        "ingress.max-body = [1]",
        "ingress.idle-timeout = soon",
        "ingress.port = 7626",
        "ingress.max-bdy = 1 MiB",
        "telemetry.max-edges = null",
        "profile = production",
        "cluster.tls.enabled = maybe",
        "cluster.tls.key-file = /etc/key.pem",
        "nod { name = x }",
        "node.version = 1.2.3.4.5",
        "link.silent-after = 2 s",
        "cluster.port = 8080",
        "ingress.request-timeout = soon",
        "discovery.method = seeds",
        "discovery.method = dns server",
        "discovery { method = dns, seeds = [\"127.0.0.1:7355\"] }",
        "discovery.required-nodes = 0",
        "discovery.lookup-interval = 0 s",
        "cluster.split-brain.strategy = static-quorum",
        "cluster.max-frame-size = 128 KiB",
        "cluster.failure-detector.heartbeat-interval = 10 s",
        "cluster.registry.resend = 1 s",
        "cluster.protocol-version = 2",
      })
  void oneMistakeIsOneFinding(String mistake) {
    assertThat(findings(mistake, Map.of()))
        .singleElement()
        .satisfies(f -> assertThat(f.origin()).isEqualTo("application.conf:2"));
  }

  @Test
  void tlsNeedsItsThreeFiles() {
    assertThat(findings("cluster.tls.enabled = on", Map.of()))
        .extracting(Finding::path)
        .containsExactly(
            "actormesh.cluster.tls.key-file",
            "actormesh.cluster.tls.certificate-file",
            "actormesh.cluster.tls.authority-file");
  }

  @Test
  void prodRefusesWhatIsOnlySafeInDev() {
    assertThat(findings("profile = prod", Map.of()))
        .extracting(Finding::path)
        .containsExactly(
            "actormesh.cluster.host", "actormesh.cluster.bind-host", "actormesh.discovery.seeds");
    assertThat(findings("", Map.of("MESH_PROFILE", "prod", "MESH_HOST", "10.0.0.1")))
        .singleElement()
        .satisfies(f -> assertThat(f.fix()).contains("MESH_SEEDS"));
  }

  @Test
  void prodRefusesSeedsOnLoopback() {
    Map<String, String> environment =
        Map.of("MESH_PROFILE", "prod", "MESH_HOST", "10.0.0.1", "MESH_SEEDS", "127.0.0.1:7355");

    assertThat(findings("", environment))
        .extracting(Finding::path)
        .containsExactly("actormesh.discovery.seeds");
  }

  @Test
  void prodStartsWithAHostAndSeeds() {
    NodeSettings settings =
        load(
            "",
            Map.of("MESH_PROFILE", "prod", "MESH_HOST", "10.0.0.1", "MESH_SEEDS", "10.0.0.1:7355"));

    assertThat(settings.profile()).isEqualTo(NodeSettings.Profile.PROD);
  }

  @Test
  void theRequestTimeoutFollowsTheLongestDeadlineUnlessSet() {
    Duration longest = Duration.ofSeconds(15);

    assertThat(load("", Map.of()).ingress().requestTimeout(longest))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(load("ingress.request-timeout = 1 s", Map.of()).ingress().requestTimeout(longest))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    String text =
        "node.nmae = x\ncluster.port = http\ningress { max-body = 512 B }\nlink.loops = -1";

    assertThatThrownBy(() -> load(text, Map.of("MESH_ZONES", "a")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            """
            The configuration has 5 problems:
              1. MESH_ZONES  (environment)
                 unknown variable.
                 Fix: Did you mean MESH_ZONE?
              2. actormesh.cluster.port  (application.conf:3)
                 "http" is not a whole number.
                 Fix: Allowed: 0 to 65535
              3. actormesh.link.loops  (application.conf:5)
                 -1 is out of range.
                 Fix: Allowed: 0 to 1024
              4. actormesh.ingress.max-body  (application.conf:4)
                 "512 B" is out of range.
                 Fix: Allowed: 1 KiB to 64 MiB
              5. actormesh.node.nmae  (application.conf:2)
                 unknown key.
                 Fix: Did you mean actormesh.node.name?\
            """);
  }

  @Test
  void systemPropertiesAreHeldToTheSameRules() {
    System.setProperty("actormesh.ingress.max-bdy", "1 MiB");
    try {
      ConfigFactory.invalidateCaches();
      Config config = ConfigFactory.load();
      Findings findings = new Findings();
      assertThat(NodeSettings.load(config, Map.of(), findings)).isNotNull();
      assertThat(findings.list())
          .singleElement()
          .hasToString(
              "actormesh.ingress.max-bdy (-Dactormesh.ingress.max-bdy): unknown key."
                  + " Did you mean actormesh.ingress.max-body?");
    } finally {
      System.clearProperty("actormesh.ingress.max-bdy");
      ConfigFactory.invalidateCaches();
    }
  }

  @Test
  void onlyTheMeshsOwnKeysAreChecked() {
    Config config = ConfigFactory.parseString("shop.key = 1").withFallback(config(""));

    assertThat(NodeSettings.load(config, Map.of())).isEqualTo(load("", Map.of()));
  }

  @Test
  void aLostReferenceConfIsSaid() {
    Findings findings = new Findings();

    assertThat(NodeSettings.load(ConfigFactory.empty(), Map.of(), findings)).isNotNull();
    assertThat(findings.list())
        .first()
        .satisfies(f -> assertThat(f.problem()).contains("no value"));
  }

  private static NodeSettings load(String text, Map<String, String> environment) {
    return NodeSettings.load(config(text), environment);
  }

  private static List<Finding> findings(String text, Map<String, String> environment) {
    Findings findings = new Findings();
    assertThat(NodeSettings.load(config(text), environment, findings)).isNotNull();
    return findings.list();
  }

  /** The text stands in {@code actormesh { … }} from the second line on. */
  private static Config config(String text) {
    ConfigParseOptions named =
        ConfigParseOptions.defaults().setOriginDescription("application.conf");
    return ConfigFactory.parseString("actormesh {\n" + text + "\n}", named)
        .withFallback(ConfigFactory.parseResources("reference.conf"))
        .resolve();
  }
}
