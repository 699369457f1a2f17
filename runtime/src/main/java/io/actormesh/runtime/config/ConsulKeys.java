package io.actormesh.runtime.config;

import java.time.Duration;

/** Checks {@code actormesh.consul}, which cluster-membership reads by itself. */
final class ConsulKeys {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final TextRule AGENT =
      TextRule.of("a URL such as http://127.0.0.1:8500", "https?://[^/\\s?#]+/?");

  private ConsulKeys() {}

  static void check(StrictConfig consul) {
    consul.text("address", AGENT);
    boolean token = consul.optionalText("token", TextRule.LINE).isPresent();
    boolean file = consul.optionalText("token-file", TextRule.PATH).isPresent();
    if (token && file) {
      consul.refuseEither("token", "token-file", "there is a token-file too", "Keep one of them");
    }
    consul.optionalText("datacenter", TextRule.NAME);
    consul.optionalText("authority-file", TextRule.PATH);
    within(consul, "timeout", Duration.ofMillis(100), MINUTE);
    within(consul, "check-ttl", SECOND, MINUTE.multipliedBy(10));
    within(consul, "deregister-after", MINUTE, Duration.ofDays(7));
    consul.flag("publish");
    consul.texts("tags", TextRule.LINE);
  }

  private static void within(StrictConfig consul, String key, Duration min, Duration max) {
    Duration checked = consul.duration(key, min, max);
    assert checked.compareTo(min) >= 0 : key;
  }
}
