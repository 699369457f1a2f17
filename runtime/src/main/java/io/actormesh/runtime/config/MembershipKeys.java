package io.actormesh.runtime.config;

import io.actormesh.membership.cluster.ClusterProfile;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks the keys that cluster-membership reads by itself. Its own readers name one mistake at a
 * time; here all are found together with everybody else's.
 */
final class MembershipKeys {

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final Duration SHORT = Duration.ofMillis(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String STRATEGY = "split-brain.strategy";
  private static final String QUORUM = "split-brain.quorum-size";

  private MembershipKeys() {}

  static void check(StrictConfig cluster, StrictConfig discovery) {
    cluster.open("dispatcher"); // read by Pekko
    cluster.fixed("protocol-version", "it belongs to the release");
    cluster.choice("profile", ClusterProfile.class);
    splitBrain(cluster);
    sizes(cluster);
    registry(cluster);
    discovery(discovery);
  }

  private static void splitBrain(StrictConfig cluster) {
    String strategy =
        word(cluster, STRATEGY, "keep-majority", "static-quorum", "keep-oldest", "down-all");
    int quorum = cluster.integer(QUORUM, 0, 10_000);
    if (strategy.equals("static-quorum") && quorum == 0 && cluster.sound(QUORUM)) {
      cluster.refuseEither(
          QUORUM,
          STRATEGY,
          "quorum-size is 0, but the strategy is static-quorum",
          "Set " + QUORUM + " to the members of a quorum");
    }
    String interval = "failure-detector.heartbeat-interval";
    String pause = "failure-detector.acceptable-pause";
    Duration every = cluster.duration(interval, Duration.ofMillis(100), MINUTE);
    Duration tolerated = cluster.duration(pause, Duration.ofSeconds(1), MINUTE.multipliedBy(5));
    if (cluster.sound(interval, pause) && every.compareTo(tolerated) >= 0) {
      cluster.refuseEither(
          interval,
          pause,
          "heartbeat-interval is not shorter than acceptable-pause",
          "Set " + interval + " below " + Units.show(tolerated));
    }
  }

  private static void sizes(StrictConfig cluster) {
    String frame = "max-frame-size";
    String entry = "registry.max-entry-size";
    long frameBytes = cluster.bytes(frame, 32 * KIB, 64 * MIB);
    long entryBytes = cluster.bytes(entry, 4 * KIB, 64 * MIB);
    if (cluster.sound(frame, entry) && entryBytes >= frameBytes) {
      cluster.refuseEither(
          entry,
          frame,
          "registry.max-entry-size ("
              + Units.showBytes(entryBytes)
              + ") is not below max-frame-size",
          "Set max-entry-size below " + Units.showBytes(frameBytes));
    }
  }

  private static void registry(StrictConfig cluster) {
    hold(cluster, "registry.resend-interval", MINUTE);
    hold(cluster, "registry.stranger-patience", Duration.ofHours(1));
  }

  private static void discovery(StrictConfig discovery) {
    hold(discovery, "seed-timeout", Duration.ofMinutes(5));
    hold(discovery, "lookup-interval", Duration.ofMinutes(5));
    String method = discovery.text("method", TextRule.NAME);
    boolean none = discovery.texts("seeds", TextRule.SEED).isEmpty();
    if (method.equals("seeds") && none && discovery.sound("method", "seeds")) {
      discovery.refuseEither(
          "seeds",
          "method",
          "the method is seeds, but there are none",
          "Set discovery.seeds, or MESH_SEEDS");
    }
    boolean named = method.equals("self") || method.equals("seeds");
    if (!named && !none && discovery.sound("method", "seeds")) {
      discovery.refuseEither(
          "seeds",
          "method",
          "there are seeds, but the method is " + method + ": two ways could form two meshes",
          "Remove the seeds (MESH_SEEDS too), or set the method to seeds");
    }
    lookedUp(discovery);
  }

  private static void lookedUp(StrictConfig discovery) {
    discovery.optionalText("name", TextRule.LINE);
    discovery.optionalText("port-name", TextRule.NAME);
    discovery.optionalText("protocol", TextRule.NAME);
    discovery.integer("contact-port", 0, 65_535);
    discovery.integer("required-nodes", 1, 1000);
    hold(discovery, "stable-margin", Duration.ofMinutes(5));
    discovery.flag("forms-new");
    discovery.section("dns").texts("nameservers", TextRule.LINE);
    StrictConfig kubernetes = discovery.section("kubernetes");
    kubernetes.optionalText("namespace", TextRule.NAME);
    kubernetes.text("pod-label-selector", TextRule.LINE);
  }

  private static void hold(StrictConfig section, String key, Duration max) {
    Duration checked = section.duration(key, SHORT, max);
    assert checked.compareTo(SHORT) >= 0 : key;
  }

  private static String word(StrictConfig section, String key, String... words) {
    Map<String, String> choices = new TreeMap<>();
    for (String word : words) {
      choices.put(word, word);
    }
    return section.choice(key, choices);
  }
}
