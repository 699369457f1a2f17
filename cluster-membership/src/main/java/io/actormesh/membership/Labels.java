package io.actormesh.membership;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Reads labels as they stand in an environment variable: {@code key=value,key=value}. */
public final class Labels {

  private static final String EXPECTED = "Write it as key=value,key=value, for example tier=web.";

  private Labels() {}

  /**
   * The labels in a text. Blanks around keys and values do not count; a value may be empty and may
   * hold {@code =}; a blank text is no labels.
   *
   * @param source where the text comes from, such as {@code MESH_LABELS}; for the error
   * @throws MembershipException if a part has no {@code =}, a key is empty, holds anything but
   *     letters, digits, {@code . _ - /}, or comes twice
   */
  public static Map<String, String> parse(String source, String text) {
    Map<String, String> labels = new TreeMap<>();
    if (!text.isBlank()) {
      for (String part : text.split(",", -1)) {
        add(labels, source, part.strip());
      }
    }
    return Collections.unmodifiableMap(labels);
  }

  private static void add(Map<String, String> labels, String source, String part) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      throw wrong(source, part.isEmpty() ? "has an empty part." : "'" + part + "' has no '='.");
    }
    String key = part.substring(0, equals).strip();
    if (!key.matches("[A-Za-z0-9._/-]+")) {
      throw wrong(source, "'" + key + "' in '" + part + "' is no key (letters, digits, . _ - /).");
    }
    if (labels.putIfAbsent(key, part.substring(equals + 1).strip()) != null) {
      throw wrong(source, "the key '" + key + "' comes twice.");
    }
  }

  private static MembershipException wrong(String source, String problem) {
    return new MembershipException(source + ": " + problem, EXPECTED);
  }
}
