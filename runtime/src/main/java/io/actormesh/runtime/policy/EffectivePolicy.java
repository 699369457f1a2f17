package io.actormesh.runtime.policy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The policy in force for a service, and for every value where it comes from.
 *
 * @param service the service's name
 * @param values of the service, by key such as {@code throttle.queue}
 * @param operations the values of operations that are known or configured, by name and key
 */
public record EffectivePolicy(
    String service, Map<String, Value> values, Map<String, Map<String, Value>> operations) {

  /** Which of the layers a value comes from. */
  public enum Level {
    /** {@code actormesh.services.default}. */
    DEFAULT,
    /** The contract of the operation. */
    CONTRACT,
    /** {@code actormesh.services.<name>}. */
    SERVICE,
    /** {@code actormesh.services.<name>.operations.<operation>}. */
    OPERATION,
    /** Put in force while serving. */
    PUBLISHED
  }

  /**
   * A value and where it comes from.
   *
   * @param value a text, number or truth value, as the configuration would have it
   * @param level the layer
   * @param origin the place, such as {@code application.conf:12}, {@code reference.conf:88}, {@code
   *     -Dactormesh.services.greeter.deadline}, {@code contract} or {@code published}
   */
  public record Value(Object value, Level level, String origin) {

    Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("value", value);
      map.put("level", Names.of(level));
      map.put("origin", origin);
      return map;
    }
  }

  /** Texts, numbers, truth values and maps alone, in a stable order: ready to become JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("service", service);
    map.put("values", maps(values));
    Map<String, Object> byName = new LinkedHashMap<>();
    operations.forEach((name, own) -> byName.put(name, maps(own)));
    map.put("operations", byName);
    return map;
  }

  private static Map<String, Object> maps(Map<String, Value> values) {
    Map<String, Object> maps = new LinkedHashMap<>();
    values.forEach((key, value) -> maps.put(key, value.toMap()));
    return maps;
  }
}
