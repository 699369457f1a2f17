package io.actormesh.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Checks {@code actormesh.external}, whose sections are named by the user. */
final class ExternalKeys {

  private static final String DEFAULT = "default";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(10);
  private static final long GIB = 1L << 30;

  private ExternalKeys() {}

  static void check(StrictConfig external) {
    for (String name : external.names()) {
      one(external.section(name), name.equals(DEFAULT));
    }
  }

  private static void one(StrictConfig service, boolean complete) {
    texts(service, complete);
    durations(service, complete);
    whole(service, complete, "port", 0, 65_535);
    whole(service, complete, "max-attempts", 1, 10);
    whole(service, complete, "max-in-flight", 1, 1_000_000);
    if (asked(service, complete, "max-reply")) {
      service.bytes("max-reply", 1024, GIB);
    }
  }

  private static void texts(StrictConfig service, boolean complete) {
    if (asked(service, complete, "discovery")) {
      service.text("discovery", TextRule.NAME);
    }
    if (asked(service, complete, "scheme")) {
      service.choice("scheme", Map.of("http", "http", "https", "https"));
    }
    for (String key : List.of("name", "port-name", "protocol", "authority-file")) {
      if (asked(service, complete, key)) {
        service.optionalText(key, TextRule.LINE);
      }
    }
  }

  private static void durations(StrictConfig service, boolean complete) {
    Map<String, Duration> longest =
        Map.of("lookup-interval", HOUR, "connect-timeout", MINUTE, "deadline", HOUR);
    longest.forEach(
        (key, max) -> {
          if (asked(service, complete, key)) {
            Duration checked = service.duration(key, SHORT, max);
            assert checked.compareTo(SHORT) >= 0 : key;
          }
        });
  }

  private static void whole(StrictConfig service, boolean complete, String key, int min, int max) {
    if (asked(service, complete, key)) {
      int checked = service.integer(key, min, max);
      assert checked >= min : key;
    }
  }

  /** What a service leaves out is the default's. */
  private static boolean asked(StrictConfig service, boolean complete, String key) {
    service.declare(key);
    return complete || service.has(key);
  }
}
