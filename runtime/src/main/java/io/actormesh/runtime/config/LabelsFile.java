package io.actormesh.runtime.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a pod, as Kubernetes' downward API writes them to a file: a line {@code
 * name="value"} for each. They become the node's labels, below those of the configuration; the
 * label that tells the application's version becomes the node's version unless that is configured.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/downward-api/">Downward API</a>
 */
final class LabelsFile {

  static final String KEY = "actormesh.node.labels-file";

  /** By Kubernetes' recommended labels. */
  static final String VERSION_LABEL = "app.kubernetes.io/version";

  private static final String LABELS = "actormesh.node.labels";
  private static final String VERSION = "actormesh.node.version";
  private static final Pattern LINE = Pattern.compile("([^=\\s]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private LabelsFile() {}

  /** The configuration with the labels beneath it; as it was if no file is named. */
  static Config under(Config config, Findings findings) {
    Optional<String> file = named(config);
    if (file.isEmpty()) {
      return config;
    }
    String origin = origin(config);
    Map<String, String> labels = new TreeMap<>();
    for (String line : lines(file.get(), origin, findings)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        labels.put(matcher.group(1), matcher.group(2).replaceAll("\\\\(.)", "$1"));
      } else if (!line.isBlank()) {
        String problem = "a line of \"" + file.get() + "\" is not name=\"value\": " + line.strip();
        findings.add(Finding.error(KEY, origin, problem, "Mount metadata.labels there"));
      }
    }
    Config labelled =
        config.withFallback(ConfigValueFactory.fromMap(labels, file.get()).atPath(LABELS));
    return withVersion(labelled, labels.get(VERSION_LABEL), file.get());
  }

  private static Config withVersion(Config config, @Nullable String version, String file) {
    boolean said = config.hasPath(VERSION) && !Origins.isReference(config.getValue(VERSION));
    return version == null || said
        ? config
        : config.withValue(VERSION, ConfigValueFactory.fromAnyRef(version, file));
  }

  private static Optional<String> named(Config config) {
    if (!config.hasPath(KEY)) {
      return Optional.empty();
    }
    ConfigValue value = config.getValue(KEY);
    // Anything but a text is found when the key is read.
    return value.valueType() == ConfigValueType.STRING
        ? Optional.of((String) value.unwrapped()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private static String origin(Config config) {
    return Origins.label(config.getValue(KEY).origin(), KEY);
  }

  private static List<String> lines(String file, String origin, Findings findings) {
    try {
      return Files.readAllLines(Path.of(file), UTF_8);
    } catch (IOException | InvalidPathException e) {
      String problem = "\"" + file + "\" cannot be read: " + e;
      String fix = "Mount the pod's metadata.labels there, or remove the key";
      findings.add(Finding.error(KEY, origin, problem, fix));
      return List.of();
    }
  }
}
