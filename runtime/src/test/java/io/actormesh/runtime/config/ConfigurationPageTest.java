package io.actormesh.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.actormesh.runtime.policy.ConfiguredPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page, the reference.conf files of all modules and the readers together. */
class ConfigurationPageTest {

  /** Their keys are Pekko's. */
  private static final Set<String> PEKKOS =
      Set.of("actormesh.dispatchers", "actormesh.cluster.dispatcher");

  private static final Pattern ROW =
      Pattern.compile("^\\| `(actormesh\\.[a-z0-9.-]+)` \\| ([^|]*) \\|.*", Pattern.MULTILINE);

  private static final Pattern VARIABLE =
      Pattern.compile(
          "^\\| `(actormesh\\.[a-z0-9.-]+)` \\|[^|]*\\|[^|]*\\| `(MESH_[A-Z_]+).*",
          Pattern.MULTILINE);

  @Test
  void thePageListsEveryKeyWithItsDefaultAndNoOther() throws IOException {
    assertThat(documented()).isEqualTo(declared());
  }

  @Test
  void everyKeyOfAReferenceConfIsReadAndItsDefaultAccepted() {
    Findings findings = new Findings();
    Config asUser = relabelled(ConfigFactory.parseResources("reference.conf"));

    assertThat(NodeSettings.load(asUser, Map.of(), findings)).isNotNull();
    assertThat(ConfiguredPolicies.load(asUser, findings)).isNotNull();
    assertThat(findings.list())
        .extracting(Finding::path)
        .containsExactly("actormesh.cluster.protocol-version");
  }

  @Test
  void thePageNamesEveryVariableBesideItsKeyAndNoOther() throws IOException {
    Matcher row = VARIABLE.matcher(Files.readString(page()));
    Map<String, String> documented = new TreeMap<>();
    while (row.find()) {
      documented.put(row.group(2), row.group(1));
    }

    assertThat(documented).isEqualTo(Environment.KEYS);
  }

  private static Config relabelled(Config reference) {
    String text = reference.root().render(ConfigRenderOptions.concise());
    return ConfigFactory.parseString(
        text, ConfigParseOptions.defaults().setOriginDescription("user"));
  }

  private static Map<String, String> documented() throws IOException {
    Matcher row = ROW.matcher(Files.readString(page()));
    Map<String, String> keys = new TreeMap<>();
    while (row.find()) {
      String shown = row.group(2).replace("`", "");
      keys.put(row.group(1), shown.equals("(empty)") ? "" : shown);
    }
    return keys;
  }

  private static Path page() {
    Path here = Path.of("docs/reference/configuration.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }

  private static Map<String, String> declared() {
    Map<String, String> keys = new TreeMap<>();
    Config reference = ConfigFactory.parseResources("reference.conf");
    collect("actormesh", reference.getObject("actormesh"), keys);
    PEKKOS.forEach(section -> keys.put(section, "{…}"));
    return keys;
  }

  private static void collect(String path, ConfigObject object, Map<String, String> keys) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = path + "." + entry.getKey();
      if (PEKKOS.contains(key)) {
        continue;
      }
      if (entry.getValue() instanceof ConfigObject section && !section.isEmpty()) {
        collect(key, section, keys);
      } else {
        keys.put(key, shown(entry.getValue()));
      }
    }
  }

  private static String shown(ConfigValue value) {
    Object plain = value.unwrapped();
    return plain instanceof Map ? "{}" : plain instanceof List ? "[]" : String.valueOf(plain);
  }
}
