package io.actormesh.runtime.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One section of the configuration, and what has been asked of it and found about it so far. */
final class Section {

  private final ConfigObject object;
  private final String path;
  private final Findings findings;
  private final boolean broken;
  private final Set<String> keys = new TreeSet<>();
  private final Set<String> open = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();
  private final Map<String, Section> children = new TreeMap<>();

  private Section(ConfigObject object, String path, Findings findings, boolean broken) {
    this.object = object;
    this.path = path;
    this.findings = findings;
    this.broken = broken;
  }

  static Section of(@Nullable ConfigValue value, String path, Findings findings) {
    if (value instanceof ConfigObject object) {
      return new Section(object, path, findings, false);
    }
    ConfigObject nothing = ConfigValueFactory.fromMap(Map.of());
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return new Section(nothing, path, findings, false);
    }
    findings.add(
        Finding.error(
            path,
            Origins.label(value.origin(), path),
            Reading.show(value) + " is not a section",
            "Write " + path + " { ... }"));
    return new Section(nothing, path, findings, true);
  }

  Section child(String name) {
    return children.computeIfAbsent(name, this::newChild);
  }

  /** A section that stands in a list, {@code rules[0]}. */
  Section element(String key, int index, ConfigValue value) {
    String name = key + "[" + index + "]";
    return children.computeIfAbsent(name, any -> of(value, path + "." + name, findings));
  }

  private Section newChild(String name) {
    // What is below something that is no section has been reported with it.
    return broken
        ? new Section(object, pathOf(name), findings, true)
        : of(object.get(name), pathOf(name), findings);
  }

  /** The section that holds a dotted key. */
  Section holder(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? this : child(key.substring(0, dot)).holder(key.substring(dot + 1));
  }

  /** The last name of a dotted key. */
  static String leaf(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  void declare(String key) {
    holder(key).keys.add(leaf(key));
  }

  void declareName(String name) {
    keys.add(name);
  }

  void open(String name) {
    open.add(name);
  }

  /** What stands there, {@code null} values included. */
  @Nullable ConfigValue raw(String key) {
    return holder(key).named(leaf(key));
  }

  /** What stands there, unless it is {@code null}. */
  @Nullable ConfigValue value(String key) {
    ConfigValue value = raw(key);
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  /** What stands under a name of this section, which may hold dots. */
  @Nullable ConfigValue named(String name) {
    return object.get(name);
  }

  String path(String key) {
    return path + "." + key;
  }

  String pathOf(String name) {
    return path + "." + quoted(name);
  }

  String origin(String key) {
    ConfigValue value = raw(key);
    return value == null ? "" : Origins.label(value.origin(), path(key));
  }

  String originOf(String name) {
    ConfigValue value = named(name);
    return value == null ? "" : Origins.first(value, pathOf(name));
  }

  /** Whether a library brings all that stands under the name: no user has mistyped it. */
  boolean isReference(String name) {
    ConfigValue value = named(name);
    return value != null && Origins.isReference(value);
  }

  boolean isReferenceKey(String key) {
    return holder(key).isReference(leaf(key));
  }

  void refuse(String key, String problem, String fix) {
    holder(key).refused.add(leaf(key));
    findings.add(Finding.error(path(key), origin(key), problem, fix));
  }

  void refuseName(String name, String problem, String fix) {
    refused.add(name);
    findings.add(Finding.error(pathOf(name), originOf(name), problem, fix));
  }

  void refuseMissing(String key) {
    if (!holder(key).broken) {
      String fix = "Set it; the reference.conf that has its default is not to be found";
      refuse(key, "has no value", fix);
    }
  }

  boolean sound(String key) {
    Section holder = holder(key);
    return !holder.broken && !holder.refused.contains(leaf(key));
  }

  Set<String> names() {
    return new TreeSet<>(object.keySet());
  }

  /** The names that have been asked for: keys, sections, and sections that somebody else reads. */
  Set<String> declared() {
    Set<String> declared = new TreeSet<>(keys);
    declared.addAll(children.keySet());
    declared.addAll(open);
    return declared;
  }

  Map<String, Section> children() {
    return children;
  }

  /** A name that the user chose may hold dots; quoted, the path can be pasted into a file. */
  static String quoted(String name) {
    return name.matches("[A-Za-z0-9_-]+") ? name : '"' + name + '"';
  }
}
