package io.actormesh.runtime.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One value read: the value, or why it is none.
 *
 * @param valueOrNull the value; it may be out of range, and then there is a problem too
 * @param problem empty if all is well
 * @param fix what to write instead; empty if there is nothing to add
 */
record Reading<T>(@Nullable T valueOrNull, String problem, String fix) {

  private static final int LONGEST_SHOWN = 60;

  static Reading<Long> integer(ConfigValue value, long min, long max) {
    return ranged(value, Units.integer(value), "a whole number", min, max, String::valueOf);
  }

  static Reading<Double> share(ConfigValue value) {
    return ranged(value, Units.decimal(value), "a number", 0.0, 1.0, String::valueOf);
  }

  static Reading<Long> bytes(ConfigValue value, long min, long max) {
    return ranged(value, Units.bytes(value), "a size such as 64 KiB", min, max, Units::showBytes);
  }

  static Reading<Duration> duration(ConfigValue value, Duration min, Duration max) {
    String kind = "a length of time with its unit such as 200 ms or 15 s";
    return ranged(value, Units.duration(value), kind, min, max, Units::show);
  }

  static Reading<Boolean> flag(ConfigValue value) {
    return Units.flag(value).map(Reading::of).orElseGet(() -> not(value, "on or off", ""));
  }

  static <T> Reading<T> choice(ConfigValue value, Map<String, T> choices) {
    T chosen = choices.get(Units.text(value));
    if (chosen != null) {
      return of(chosen);
    }
    String guess =
        NearestKey.of(Units.text(value), choices.keySet())
            .map(near -> "Did you mean " + near + "?")
            .orElse("");
    return not(value, "one of " + String.join(", ", new TreeSet<>(choices.keySet())), guess);
  }

  static Reading<String> text(@Nullable ConfigValue value, TextRule rule) {
    if (value == null || value instanceof ConfigList || !isScalar(value)) {
      return not(value, rule.expected(), "");
    }
    String text = Units.text(value);
    return rule.accepts(text) ? of(text) : not(value, rule.expected(), "");
  }

  /** The elements of a list, or of a text with commas: system properties have no lists. */
  static List<Reading<String>> texts(ConfigValue value, TextRule rule) {
    if (value instanceof ConfigList list) {
      return list.stream().map(element -> text(element, rule)).toList();
    }
    if (!isScalar(value)) {
      return List.of(not(value, "a list", "Write [a, b]"));
    }
    return Stream.of(Units.text(value).split(",", -1))
        .map(part -> ConfigValueFactory.fromAnyRef(part.strip()))
        .map(part -> text(part, rule))
        .toList();
  }

  boolean good() {
    return problem.isEmpty();
  }

  T orElse(T placeholder) {
    return valueOrNull == null ? placeholder : valueOrNull;
  }

  /** A value as a person would point at it. */
  static String show(ConfigValue value) {
    String text = value.render(ConfigRenderOptions.concise());
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }

  private static <T> Reading<T> of(T value) {
    return new Reading<>(value, "", "");
  }

  private static <T> Reading<T> not(@Nullable ConfigValue value, String expected, String fix) {
    String shown = value == null ? "nothing" : show(value);
    return new Reading<>(null, shown + " is not " + expected, fix);
  }

  private static <T extends Comparable<T>> Reading<T> ranged(
      ConfigValue value, Optional<T> read, String kind, T min, T max, Function<T, String> shown) {
    String allowed = "Allowed: " + shown.apply(min) + " to " + shown.apply(max);
    if (read.isEmpty()) {
      return not(value, kind, allowed);
    }
    T number = read.get();
    if (number.compareTo(min) >= 0 && number.compareTo(max) <= 0) {
      return of(number);
    }
    return new Reading<>(null, show(value) + " is out of range", allowed);
  }

  private static boolean isScalar(ConfigValue value) {
    return value.valueType() != ConfigValueType.OBJECT
        && value.valueType() != ConfigValueType.LIST
        && value.valueType() != ConfigValueType.NULL;
  }
}
