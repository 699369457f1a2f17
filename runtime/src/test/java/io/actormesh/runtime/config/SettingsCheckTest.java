package io.actormesh.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

  private static final Map<String, Duration> DEADLINES =
      Map.of("greeter/greet", Duration.ofSeconds(15), "greeter/wave", Duration.ofSeconds(1));

  @Test
  void theDefaultsHaveNothingToComplainOf() {
    assertThat(check("", 3)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ingress.request-timeout = 30 s | ingress.request-timeout",
        "ingress.request-timeout = 60 s | ingress.idle-timeout",
        "ingress.max-deadline = 55 s | ingress.idle-timeout",
        "ingress.idle-timeout = 35 s | ingress.idle-timeout",
        "drain.patience = 27 s | drain.patience",
        "ingress.max-connections = 1023 | ingress.max-connections",
        "discovery.seeds = [\"10.0.0.1:7355\"] | cluster.host",
        "cluster.host = 10.0.0.2, discovery.seeds = [\"localhost:7355\"] | cluster.host",
      })
  void whatDoesNotFitTogetherIsAWarning(String text, String key) {
    assertThat(check(text, 3))
        .singleElement()
        .satisfies(f -> assertThat(f.path()).isEqualTo("actormesh." + key))
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING));
  }

  @Test
  void theWarningNamesTheOperationWithTheLongestDeadline() {
    assertThat(check("ingress.request-timeout = 1 s, ingress.max-deadline = 2 s", 3))
        .singleElement()
        .satisfies(f -> assertThat(f.problem()).contains("greeter/greet (15 s)"));
  }

  @Test
  void aNodeWithoutFrontDoorNeedsNoHttpTimeouts() {
    assertThat(check("ingress.port = \"\", ingress.request-timeout = 1 s", 3)).isEmpty();
  }

  @Test
  void aCommonPoolOfOneIsAWarning() {
    assertThat(check("", 1))
        .singleElement()
        .satisfies(f -> assertThat(f.path()).endsWith("common.parallelism"));
  }

  @Test
  void prodIsAskedForItsVersionAndTls() {
    String prod = "profile = prod, cluster.host = 10.0.0.1, discovery.seeds = [\"10.0.0.1:7355\"]";

    assertThat(check(prod, 3))
        .extracting(Finding::path)
        .containsExactly(
            "actormesh.node.version", "actormesh.ingress.auth", "actormesh.cluster.tls.enabled");
  }

  @Test
  void prodIsWarnedOnceOfADoorThatStandsOpen() {
    String prod = "profile = prod, cluster.host = 10.0.0.1, discovery.seeds = [\"10.0.0.1:7355\"]";
    String key = ", ingress.auth.api-keys.keys.ci.sha256 = \"" + "0".repeat(64) + "\"";
    String said = ", ingress.access.rules = [ { allow = [anyone], routes = [\"*\"] } ]";

    assertThat(doorWarnings(prod))
        .singleElement()
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING))
        .satisfies(f -> assertThat(f.problem()).contains("can call everything"));
    for (String guarded : List.of(key, said, ", ingress.port = \"\"")) {
      assertThat(doorWarnings(prod + guarded)).as(guarded).isEmpty();
    }
    assertThat(doorWarnings("")).isEmpty();
  }

  private static List<Finding> doorWarnings(String text) {
    return check(text, 3).stream()
        .filter(finding -> finding.path().equals("actormesh.ingress.auth"))
        .toList();
  }

  @Test
  void aTlsFileThatIsNotThereStopsTheStart(@TempDir Path directory) throws IOException {
    Path there = Files.writeString(directory.resolve("there.pem"), "x");
    String tls =
        "cluster.tls { enabled = on, key-file = \"%s\", certificate-file = \"%s\","
            + " authority-file = \"%s.not\" }";

    assertThat(check(tls.replace("%s", there.toString()), 3))
        .singleElement()
        .satisfies(f -> assertThat(f.path()).isEqualTo("actormesh.cluster.tls.authority-file"))
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.ERROR));
  }

  @Test
  void aServiceThatTheApplicationLacksIsRefused() {
    NodeSettings settings = settings("node.services = [greeter, pricng]");

    assertThat(SettingsCheck.hosted(settings, Set.of("greeter", "pricing")))
        .singleElement()
        .satisfies(f -> assertThat(f.fix()).isEqualTo("Did you mean pricing?"));
    assertThat(SettingsCheck.hosted(settings(""), Set.of())).isEmpty();
  }

  private static List<Finding> check(String text, int parallelism) {
    return SettingsCheck.check(settings(text), DEADLINES, parallelism);
  }

  private static NodeSettings settings(String text) {
    return NodeSettings.load(
        ConfigFactory.parseString("actormesh {\n" + text + "\n}")
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve(),
        Map.of());
  }
}
