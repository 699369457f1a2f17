package io.actormesh.runtime.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says where a value stands, in the fewest words that lead there. */
final class Origins {

  private static final Pattern LINES = Pattern.compile(": \\d+(-\\d+)?$");

  private Origins() {}

  /** Such as {@code application.conf:12} or {@code -Dactormesh.node.zone}. */
  static String label(ConfigOrigin origin, String path) {
    if (origin.description().startsWith("system properties")) {
      return "-D" + path;
    }
    String place = place(origin.resource(), origin.filename(), origin.description());
    return origin.lineNumber() < 0 ? place : place + ":" + origin.lineNumber();
  }

  /** As above for a value that may be a section: where the first of its values stands. */
  static String first(ConfigValue value, String path) {
    // The origin of a section that several files add to is a list of them all.
    if (value instanceof ConfigObject object && !object.isEmpty()) {
      String name = Collections.min(object.keySet());
      return first(requireNonNull(object.get(name)), path + "." + Section.quoted(name));
    }
    return label(value.origin(), path);
  }

  /** Whether all of it stands in a library's {@code reference.conf}. */
  static boolean isReference(ConfigValue value) {
    if (value instanceof ConfigObject object && !object.isEmpty()) {
      return object.values().stream().allMatch(Origins::isReference);
    }
    return "reference.conf".equals(value.origin().resource());
  }

  private static String place(
      @Nullable String resource, @Nullable String file, String description) {
    if (resource != null) {
      return resource;
    }
    return file != null ? file : LINES.matcher(description).replaceFirst("");
  }
}
