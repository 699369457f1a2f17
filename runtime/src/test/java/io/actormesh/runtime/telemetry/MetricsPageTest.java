package io.actormesh.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference page and what a node exports are the same. */
class MetricsPageTest {

  private static final Path PAGE = page();
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9_]+)` \\| (counter|gauge|histogram|summary) \\|");
  private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$");

  @Test
  void everyMetricIsOnThePageWithItsType() throws IOException {
    Map<String, String> documented = documented();
    assertThat(exported())
        .isNotEmpty()
        .allSatisfy(
            (name, type) ->
                assertThat(documented).as("docs/reference/metrics.md").containsEntry(name, type));
  }

  @Test
  void everyMeshMetricOnThePageIsExported() throws IOException {
    Map<String, String> exported = exported();
    documented()
        .forEach(
            (name, type) -> {
              if (name.startsWith("mesh_")) {
                assertThat(exported).containsEntry(name, type);
              }
            });
  }

  private static Map<String, String> exported() {
    try (CallMetrics metrics = SampleMetrics.create(new ManualTicker())) {
      return matches(TYPE, metrics.scrape("").text());
    }
  }

  private static Map<String, String> documented() throws IOException {
    return matches(ROW, Files.readString(PAGE));
  }

  private static Map<String, String> matches(Pattern pattern, String text) {
    Map<String, String> types = new TreeMap<>();
    text.lines()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .forEach(match -> types.put(match.group(1), match.group(2)));
    return types;
  }

  /** Tests run in the module's folder, or in the project's. */
  private static Path page() {
    Path inProject = Path.of("docs", "reference", "metrics.md");
    return Files.exists(inProject) ? inProject : Path.of("..").resolve(inProject);
  }
}
