package io.actormesh.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Optional;

/** Reads and shows numbers with units. */
public final class Units {

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  private Units() {}

  static Optional<Long> integer(ConfigValue value) {
    if (!isNumberOrText(value)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text(value)));
    } catch (NumberFormatException notWhole) {
      return Optional.empty();
    }
  }

  static Optional<Double> decimal(ConfigValue value) {
    if (!isNumberOrText(value)) {
      return Optional.empty();
    }
    try {
      double read = Double.parseDouble(text(value));
      return Double.isNaN(read) ? Optional.empty() : Optional.of(read);
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  /** A number without a unit is none: {@code deadline = 15} would silently be milliseconds. */
  static Optional<Duration> duration(ConfigValue value) {
    if (value.valueType() != ConfigValueType.STRING || text(value).matches("[-+]?[0-9.]+")) {
      return Optional.empty();
    }
    try {
      return Optional.of(wrapped(value).getDuration("v"));
    } catch (ConfigException notOne) {
      return Optional.empty();
    }
  }

  static Optional<Long> bytes(ConfigValue value) {
    if (!isNumberOrText(value)) {
      return Optional.empty();
    }
    try {
      return Optional.of(wrapped(value).getBytes("v"));
    } catch (ConfigException notOne) {
      return Optional.empty();
    }
  }

  static Optional<Boolean> flag(ConfigValue value) {
    try {
      return Optional.of(wrapped(value).getBoolean("v"));
    } catch (ConfigException notOne) {
      return Optional.empty();
    }
  }

  /** The form the configuration would have, such as {@code 15 s} or {@code 200 ms}. */
  public static String show(Duration duration) {
    if (!duration.isZero() && duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
      return duration.toSeconds() + " s";
    }
    long nanos = duration.toNanos();
    return nanos % 1_000_000 == 0 ? nanos / 1_000_000 + " ms" : nanos + " ns";
  }

  /** The form the configuration would have, such as {@code 4 MiB}. */
  public static String showBytes(long bytes) {
    if (bytes != 0 && bytes % MIB == 0) {
      return bytes / MIB + " MiB";
    }
    return bytes != 0 && bytes % KIB == 0 ? bytes / KIB + " KiB" : bytes + " B";
  }

  /** A scalar as it was written. */
  static String text(ConfigValue value) {
    return String.valueOf(value.unwrapped()).strip();
  }

  private static boolean isNumberOrText(ConfigValue value) {
    return value.valueType() == ConfigValueType.NUMBER
        || value.valueType() == ConfigValueType.STRING;
  }

  private static Config wrapped(ConfigValue value) {
    return value.atKey("v");
  }
}
