package io.actormesh.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsFileTest {

  @TempDir Path folder;

  @Test
  void labelsOfThePodAreLabelsOfTheNode() throws IOException {
    Path file = file("app=\"shop\"\nteam=\"a \\\"b\\\" c\"\nempty=\"\"\n");

    assertThat(read(file, "", Map.of()).node().labels())
        .isEqualTo(Map.of("app", "shop", "team", "a \"b\" c", "empty", ""));
  }

  @Test
  void configuredLabelsAndVariablesWinOverThem() throws IOException {
    Path file = file("a=\"pod\"\nb=\"pod\"\nc=\"pod\"\n");

    NodeSettings settings = read(file, "node.labels { a = file }", Map.of("MESH_LABELS", "b=env"));

    assertThat(settings.node().labels()).isEqualTo(Map.of("a", "file", "b", "env", "c", "pod"));
  }

  @Test
  void theVersionLabelIsTheNodesVersion() throws IOException {
    Path file = file("app.kubernetes.io/version=\"1.4.2\"\n");

    assertThat(read(file, "", Map.of()).node().version()).isEqualTo("1.4.2");
    assertThat(read(file, "node.version = 2.0.0", Map.of()).node().version()).isEqualTo("2.0.0");
    assertThat(read(file, "", Map.of("MESH_VERSION", "3.0.0")).node().version()).isEqualTo("3.0.0");
  }

  @Test
  void aLineThatIsNoLabelIsNamed() throws IOException {
    Path file = file("a=\"b\"\nthis is none\n");

    assertThat(findings(file))
        .singleElement()
        .satisfies(finding -> assertThat(finding.problem()).contains("this is none"));
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path file = folder.resolve("none");

    assertThat(findings(file))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.path()).isEqualTo("actormesh.node.labels-file");
              assertThat(finding.problem()).contains(file.toString(), "cannot be read");
            });
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("labels"), content);
  }

  private static NodeSettings read(Path file, String text, Map<String, String> environment) {
    Findings findings = new Findings();
    NodeSettings settings = NodeSettingsReader.read(config(file, text), environment, findings);
    assertThat(findings.list()).filteredOn(f -> f.severity() == Finding.Severity.ERROR).isEmpty();
    return settings;
  }

  private static Iterable<Finding> findings(Path file) {
    Findings findings = new Findings();
    NodeSettingsReader.read(config(file, ""), Map.of(), findings);
    return findings.list();
  }

  private static Config config(Path file, String text) {
    return ConfigFactory.parseString(
            text, ConfigParseOptions.defaults().setOriginDescription("application.conf"))
        .atPath("actormesh")
        .withValue(LabelsFile.KEY, ConfigValueFactory.fromAnyRef(file.toString()))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }
}
