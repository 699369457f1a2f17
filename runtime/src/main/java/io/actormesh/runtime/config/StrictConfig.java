package io.actormesh.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
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
import java.util.function.Function;

/**
 * Reads one section of the configuration and makes a finding of everything that does not fit.
 * Reading a key declares it: after all keys have been read, {@link #refuseUnknown} finds the ones
 * that nobody asked for. A read that fails adds a finding and answers with a placeholder, so that
 * one pass finds everything. Keys may be dotted, {@code throttle.queue}. Not thread-safe.
 */
public final class StrictConfig {

  private final Section section;

  private StrictConfig(Section section) {
    this.section = section;
  }

  /** The section at a path such as {@code actormesh}; empty if the configuration has none. */
  public static StrictConfig of(Config config, String path, Findings findings) {
    ConfigValue value = config.hasPath(path) ? config.getValue(path) : null;
    return new StrictConfig(Section.of(value, path, findings));
  }

  /** A configuration that stands for the section at a path. */
  public static StrictConfig at(String path, Config content, Findings findings) {
    return new StrictConfig(Section.of(content.root(), path, findings));
  }

  /** A section within this one. */
  public StrictConfig section(String name) {
    return new StrictConfig(section.child(name));
  }

  /** Leaves a section to whoever else reads it. */
  public void open(String name) {
    section.open(name);
  }

  /** Makes a key known without reading it. */
  public void declare(String key) {
    section.declare(key);
  }

  /** Makes known a key that a library sets for itself and nobody else may set. */
  public void fixed(String key, String reason) {
    section.declare(key);
    if (has(key) && !section.isReferenceKey(key)) {
      section.refuse(key, "cannot be set: " + reason, "Remove it");
    }
  }

  /** Whether the key has a value here. */
  public boolean has(String key) {
    return section.value(key) != null;
  }

  /** Whether the key is there and says nothing: empty or {@code null}. Declares the key. */
  public boolean blank(String key) {
    section.declare(key);
    ConfigValue value = section.raw(key);
    if (value == null) {
      return false;
    }
    boolean empty = value.valueType() == ConfigValueType.STRING && Units.text(value).isEmpty();
    return empty || value.valueType() == ConfigValueType.NULL;
  }

  /** The names that have a value in this section, for sections whose names the user chooses. */
  public Set<String> names() {
    return section.names();
  }

  /** The path of a key in this section. */
  public String path(String key) {
    return section.path(key);
  }

  /** The path of a name that the user chose; quoted where a file would need it. */
  public String pathOf(String name) {
    return section.pathOf(name);
  }

  /** Where the key's value stands, such as {@code application.conf:12}; empty if it has none. */
  public String origin(String key) {
    return section.origin(key);
  }

  /** Where the value of a name that the user chose stands. */
  public String originOf(String name) {
    return section.originOf(name);
  }

  /** Adds a finding about a key of this section. */
  public void refuse(String key, String problem, String fix) {
    section.refuse(key, problem, fix);
  }

  /** Adds a finding about two keys that contradict each other, at the one that a user wrote. */
  public void refuseEither(String key, String other, String problem, String fix) {
    section.refuse(section.isReferenceKey(key) ? other : key, problem, fix);
  }

  /** Whether nothing has been found about the keys: else they hold placeholders. */
  public boolean sound(String... names) {
    return Arrays.stream(names).allMatch(section::sound);
  }

  /** A whole number. */
  public int integer(String key, int min, int max) {
    return Math.toIntExact(read(key, value -> Reading.integer(value, min, max), (long) min));
  }

  /** A share of a whole, 0 to 1. */
  public double share(String key) {
    return read(key, Reading::share, 0.0);
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

  /** A list of texts that the rule accepts; or a single text, in which commas separate. */
  public List<String> texts(String key, TextRule rule) {
    section.declare(key);
    ConfigValue value = section.value(key);
    if (value == null) {
      section.refuseMissing(key);
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

  /** A list of sections, such as rules whose order matters. */
  public List<StrictConfig> sections(String key) {
    section.declare(key);
    ConfigValue value = section.value(key);
    if (!(value instanceof ConfigList list)) {
      section.refuse(key, "is not a list of sections", "Write " + path(key) + " = [{ ... }]");
      return List.of();
    }
    List<StrictConfig> sections = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      sections.add(new StrictConfig(section.element(key, i, list.get(i))));
    }
    return sections;
  }

  /** A section whose names the user chooses and whose values are texts, such as labels. */
  public Map<String, String> textsByName(String name, TextRule nameRule, TextRule rule) {
    Section chosen = section.child(name);
    Map<String, String> texts = new TreeMap<>();
    for (String each : chosen.names()) {
      chosen.declareName(each);
      Reading<String> reading = Reading.text(chosen.named(each), rule);
      if (!nameRule.accepts(each)) {
        chosen.refuseName(each, "the name is not " + nameRule.expected(), "");
      } else if (!reading.good()) {
        chosen.refuseName(each, reading.problem(), reading.fix());
      }
      texts.put(each, reading.orElse(""));
    }
    return texts;
  }

  /** Finds what no one has asked for, here and in the sections below. */
  public void refuseUnknown() {
    UnknownKeys.refuse(section);
  }

  private <T> T read(String key, Function<ConfigValue, Reading<T>> reader, T placeholder) {
    section.declare(key);
    ConfigValue value = section.value(key);
    if (value == null) {
      section.refuseMissing(key);
      return placeholder;
    }
    Reading<T> reading = reader.apply(value);
    if (!reading.good()) {
      refuse(key, reading.problem(), reading.fix());
      return placeholder;
    }
    return reading.orElse(placeholder);
  }
}
