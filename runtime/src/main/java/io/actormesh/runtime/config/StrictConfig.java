package io.actormesh.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one section of the configuration and makes a finding of everything that does not fit.
 * Reading a key declares it: after all keys have been read, {@link #refuseUnknown} finds the ones
 * that nobody asked for. A read that fails adds a finding and answers with a placeholder, so that
 * one pass finds everything. Keys may be dotted, {@code throttle.queue}. Not thread-safe.
 */
public final class StrictConfig {

  private final ConfigObject object;
  private final String path;
  private final Findings findings;
  private final boolean broken;
  private final Set<String> keys = new TreeSet<>();
  private final Set<String> open = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();
  private final Map<String, StrictConfig> sections = new TreeMap<>();

  private StrictConfig(ConfigObject object, String path, Findings findings, boolean broken) {
    this.object = object;
    this.path = path;
    this.findings = findings;
    this.broken = broken;
  }

  /** The section at a path such as {@code actormesh}; empty if the configuration has none. */
  public static StrictConfig of(Config config, String path, Findings findings) {
    return of(config.hasPath(path) ? config.getValue(path) : null, path, findings);
  }

  /** A section that stands at the path; a value that is none makes a finding. */
  public static StrictConfig of(@Nullable ConfigValue value, String path, Findings findings) {
    if (value instanceof ConfigObject object) {
      return new StrictConfig(object, path, findings, false);
    }
    ConfigObject none = ConfigValueFactory.fromMap(Map.of());
    boolean wrong = value != null && value.valueType() != ConfigValueType.NULL;
    if (value != null && wrong) {
      findings.add(
          Finding.error(
              path,
              Origins.label(value.origin(), path),
              Reading.show(value) + " is not a section",
              "Write " + path + " { ... }."));
    }
    return new StrictConfig(none, path, findings, wrong);
  }

  /** A section within this one. */
  public StrictConfig section(String name) {
    return sections.computeIfAbsent(name, this::newSection);
  }

  private StrictConfig newSection(String name) {
    // What is below something that is no section has been reported with it.
    return broken
        ? new StrictConfig(object, pathOf(name), findings, true)
        : of(object.get(name), pathOf(name), findings);
  }

  /** Leaves a section to whoever else reads it. */
  public void open(String name) {
    open.add(name);
  }

  /** Whether the key has a value here. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** The names that have a value in this section, for sections whose names the user chooses. */
  public Set<String> names() {
    return new TreeSet<>(object.keySet());
  }

  /** The path of a key in this section. */
  public String path(String key) {
    return path + "." + key;
  }

  /** The path of a name that the user chose; quoted where a file would need it. */
  public String pathOf(String name) {
    return path(quoted(name));
  }

  /** Where the value of a name that the user chose stands. */
  public String originOf(String name) {
    ConfigValue value = object.get(name);
    return value == null ? "" : Origins.first(value, pathOf(name));
  }

  /** Where the key's value stands, such as {@code application.conf:12}; empty if it has none. */
  public String origin(String key) {
    ConfigValue value = raw(key);
    return value == null ? "" : Origins.label(value.origin(), path(key));
  }

  /** Adds a finding about a key of this section. */
  public void refuse(String key, String problem, String fix) {
    holder(key).refused.add(leaf(key));
    findings.add(Finding.error(path(key), origin(key), problem, fix));
  }

  /** Adds a finding about a name that the user chose. */
  public void refuseName(String name, String problem, String fix) {
    findings.add(Finding.error(pathOf(name), originOf(name), problem, fix));
  }

  /** Whether nothing has been found about the keys: else they hold placeholders. */
  public boolean sound(String... names) {
    return Arrays.stream(names)
        .noneMatch(key -> holder(key).broken || holder(key).refused.contains(leaf(key)));
  }

  /** A whole number. */
  public int integer(String key, int min, int max) {
    return Math.toIntExact(read(key, value -> Reading.integer(value, min, max), (long) min));
  }

  /** A number of bytes, plain or with a unit such as {@code 4 MiB}. */
  public long bytes(String key, long min, long max) {
    return read(key, value -> Reading.bytes(value, min, max), min);
  }

  /** A length of time; its unit must be written. */
  public Duration duration(String key, Duration min, Duration max) {
    return read(key, value -> Reading.duration(value, min, max), min);
  }

  /** On or off. */
  public boolean flag(String key) {
    return read(key, Reading::flag, false);
  }

  /** One of a few words. */
  public <T> T choice(String key, Map<String, T> choices) {
    T placeholder = choices.values().iterator().next();
    return read(key, value -> Reading.choice(value, choices), placeholder);
  }

  /** One of an enum's constants, written {@code event-loop} for {@code EVENT_LOOP}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    Map<String, E> choices = new TreeMap<>();
    for (E constant : type.getEnumConstants()) {
      choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return choice(key, choices);
  }

  /** A text that the rule accepts. */
  public String text(String key, TextRule rule) {
    return read(key, value -> Reading.text(value, rule), "");
  }

  /** As above, or nothing if the text is empty or {@code null}. */
  public Optional<String> optionalText(String key, TextRule rule) {
    return blank(key) ? Optional.empty() : Optional.of(text(key, rule));
  }

  /** Whether the key is there and says nothing: empty or {@code null}. Declares the key. */
  public boolean blank(String key) {
    declare(key);
    ConfigValue value = raw(key);
    return value != null
        && (value.valueType() == ConfigValueType.NULL
            || value.valueType() == ConfigValueType.STRING && Units.text(value).isEmpty());
  }

  /** A list of texts that the rule accepts; in a system property, separated by commas. */
  public List<String> texts(String key, TextRule rule) {
    declare(key);
    ConfigValue value = value(key);
    if (value == null) {
      if (!blank(key)) {
        missing(key);
      }
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Reading<String> reading : Reading.texts(value, rule)) {
      if (reading.good()) {
        texts.add(reading.orElse(""));
      } else {
        refuse(key, reading.problem(), reading.fix());
      }
    }
    return List.copyOf(texts);
  }

  /** A section whose names the user chooses and whose values are texts, such as labels. */
  public Map<String, String> textsByName(String name, TextRule nameRule, TextRule rule) {
    StrictConfig section = section(name);
    Map<String, String> texts = new TreeMap<>();
    for (String chosen : section.names()) {
      Reading<String> reading = Reading.text(section.object.get(chosen), rule);
      section.keys.add(chosen);
      if (!nameRule.accepts(chosen)) {
        section.refuseName(chosen, "the name is not " + nameRule.expected(), "");
      }
      if (!reading.good()) {
        section.refuseName(chosen, reading.problem(), reading.fix());
      }
      texts.put(chosen, reading.orElse(""));
    }
    return texts;
  }

  /** Finds what no one has asked for, here and in the sections below. */
  public void refuseUnknown() {
    UnknownKeys.refuse(this);
  }

  /** What stands in this section. */
  ConfigObject object() {
    return object;
  }

  /** Whether somebody else reads the name. */
  boolean isOpen(String name) {
    return open.contains(name);
  }

  /** The names that have been asked for, keys and sections. */
  Set<String> declared() {
    Set<String> declared = new TreeSet<>(keys);
    declared.addAll(sections.keySet());
    declared.addAll(open);
    return declared;
  }

  Map<String, StrictConfig> sections() {
    return sections;
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  /** A name that the user chose may hold dots; quoted, the path can be pasted into a file. */
  static String quoted(String name) {
    return name.matches("[A-Za-z0-9_-]+") ? name : '"' + name + '"';
  }

  private <T> T read(String key, Function<ConfigValue, Reading<T>> reader, T placeholder) {
    declare(key);
    ConfigValue value = value(key);
    if (value == null) {
      missing(key);
      return placeholder;
    }
    Reading<T> reading = reader.apply(value);
    if (!reading.good()) {
      refuse(key, reading.problem(), reading.fix());
    }
    return reading.orElse(placeholder);
  }

  /** Makes the key known without reading it. */
  public void declare(String key) {
    holder(key).keys.add(leaf(key));
  }

  private void missing(String key) {
    // A section of the wrong type has been reported as a whole.
    if (!holder(key).broken) {
      refuse(
          key,
          "has no value",
          "Set it; the reference.conf that has its default is not to be found");
    }
  }

  private @Nullable ConfigValue value(String key) {
    ConfigValue value = raw(key);
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  private @Nullable ConfigValue raw(String key) {
    return holder(key).object.get(leaf(key));
  }

  private StrictConfig holder(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? this : section(key.substring(0, dot)).holder(key.substring(dot + 1));
  }

  private static String leaf(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
