package io.actormesh.membership.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The configuration of a node's actor system. Lay it over everything else: {@code
 * ClusterConfig.of(settings).withFallback(ConfigFactory.load())}.
 */
public final class ClusterConfig {

  private static final Duration PHASE_MARGIN = Duration.ofSeconds(5);

  private static final String DISPATCHER = "actormesh.cluster.dispatcher";

  private final Map<String, Object> values = new HashMap<>();

  private ClusterConfig() {}

  /** The keys and values that follow from the settings, and those that every node needs. */
  public static Config of(ClusterSettings settings) {
    ClusterConfig config = new ClusterConfig();
    config.actors();
    config.remoting(settings);
    config.cluster(settings);
    config.distributedData();
    config.failures(settings);
    config.shutdown(settings);
    config.pace(settings.profile());
    return ConfigFactory.parseMap(config.values, "actormesh cluster settings");
  }

  private void actors() {
    put("pekko.actor.provider", "cluster");
    put("pekko.actor.allow-java-serialization", "off");
    put("pekko.fail-mixed-versions", "on");
    put("pekko.log-dead-letters-during-shutdown", "off");
  }

  private void remoting(ClusterSettings settings) {
    String artery = "pekko.remote.artery.";
    ClusterAddress address = settings.address();
    put(artery + "canonical.hostname", address.host());
    put(artery + "canonical.port", address.port());
    put(artery + "bind.hostname", address.bindHost());
    put(artery + "bind.port", address.bindPort());
    put(artery + "advanced.maximum-frame-size", settings.maxFrameBytes());
    put(artery + "log-frame-size-exceeding", "32KiB");
    // A quarantine that hurts nobody must not spread: that has taken down whole clusters.
    put(artery + "propagate-harmless-quarantine-events", "off");
    put(artery + "transport", settings.tls().isPresent() ? "tls-tcp" : "tcp");
    settings.tls().ifPresent(this::tls);
  }

  private void tls(TlsFiles files) {
    String ssl = "pekko.remote.artery.ssl.";
    String keys = ssl + "rotating-keys-engine.";
    put(
        ssl + "ssl-engine-provider",
        "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider");
    put(keys + "key-file", files.key().toString());
    put(keys + "cert-file", files.certificate().toString());
    put(keys + "ca-cert-file", files.authority().toString());
  }

  private void cluster(ClusterSettings settings) {
    String cluster = "pekko.cluster.";
    put(cluster + "app-version", settings.version());
    put(cluster + "seed-node-timeout", settings.seedTimeout());
    // The joiner has its own limit, and says what it tried.
    put(cluster + "shutdown-after-unsuccessful-join-seed-nodes", "off");
    // A crashed node that is back at once is turned away until its former run is removed, which its
    // first try brings about; the second should not be 10 s away.
    put(cluster + "retry-unsuccessful-join-after", "2s");
    put(cluster + "jmx.multi-mbeans-in-same-jvm", "on");
    // Threads of their own: a starved application must not look dead.
    put(cluster + "use-dispatcher", DISPATCHER);
    // Membership logs each event in one line of its own.
    put(cluster + "log-info", "off");
  }

  /** Its replicas bring the registry's entries to where the direct way has failed. */
  private void distributedData() {
    String data = "pekko.cluster.distributed-data.";
    put(data + "gossip-interval", "1s");
    put(data + "notify-subscribers-interval", "200ms");
    put(data + "use-dispatcher", DISPATCHER);
    // Entries of tens of kilobytes are ordinary: they carry the schemas of their services.
    put(data + "log-data-size-exceeding", "64KiB");
  }

  private void failures(ClusterSettings settings) {
    String detector = "pekko.cluster.failure-detector.";
    put(detector + "heartbeat-interval", settings.heartbeatInterval());
    put(detector + "acceptable-heartbeat-pause", settings.acceptablePause());
    String resolver = "pekko.cluster.split-brain-resolver.";
    SplitBrain splitBrain = settings.splitBrain();
    put(
        "pekko.cluster.downing-provider-class",
        "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider");
    put(resolver + "active-strategy", splitBrain.strategy());
    put(resolver + "stable-after", splitBrain.stableAfter());
    if (splitBrain.strategy().equals(SplitBrain.STATIC_QUORUM)) {
      put(resolver + "static-quorum.quorum-size", splitBrain.quorumSize());
    }
  }

  private void shutdown(ClusterSettings settings) {
    String coordinated = "pekko.coordinated-shutdown.";
    put(coordinated + "exit-jvm", settings.exitJvm() ? "on" : "off");
    // The node drains in the first of these phases and finishes its requests in the second.
    Duration limit = settings.drainTimeout().plus(PHASE_MARGIN);
    put(coordinated + "phases.before-service-unbind.timeout", limit);
    put(coordinated + "phases.service-requests-done.timeout", limit);
  }

  /**
   * How often members look and talk. What follows from a crash takes several such steps one after
   * the other; looking is cheap, and gossip of an unchanged state is small.
   */
  private void pace(ClusterProfile profile) {
    boolean fast = profile == ClusterProfile.FAST;
    put("pekko.cluster.gossip-interval", fast ? "200ms" : "500ms");
    put("pekko.cluster.leader-actions-interval", fast ? "200ms" : "250ms");
    put("pekko.cluster.unreachable-nodes-reaper-interval", "200ms");
    if (fast) {
      put("pekko.cluster.periodic-tasks-initial-delay", "200ms");
      put("pekko.cluster.distributed-data.gossip-interval", "200ms");
      put("pekko.cluster.distributed-data.notify-subscribers-interval", "100ms");
    }
  }

  private void put(String path, Object value) {
    values.put(path, value);
  }

  private void put(String path, Duration value) {
    values.put(path, value.toMillis() + "ms");
  }
}
