package io.actormesh.membership.cluster;

import com.typesafe.config.Config;
import io.actormesh.membership.MembershipException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.util.Version;

/**
 * What a node's cluster layer is configured with; {@link ClusterConfig} makes the actor system's
 * configuration of it.
 *
 * @param address where cluster traffic goes
 * @param version version of the application, compared by whoever places work during an upgrade
 * @param splitBrain what survives a partition
 * @param heartbeatInterval how often a node shows that it lives
 * @param acceptablePause silence that is no evidence of death, such as a pause of the garbage
 *     collector
 * @param seedTimeout how long the first seed waits for other seeds that may know of a cluster
 *     before it forms one; default 5 s
 * @param drainTimeout longest time the node's own drain takes; the shutdown phases that run it are
 *     given a little more
 * @param maxFrameBytes largest message between two nodes of the control plane; default 256 KiB
 * @param tls identity for mutual TLS; empty for plain TCP
 * @param exitJvm whether the process ends with the actor system, so that an orchestrator sees it
 * @param profile how often the members talk
 */
public record ClusterSettings(
    ClusterAddress address,
    String version,
    SplitBrain splitBrain,
    Duration heartbeatInterval,
    Duration acceptablePause,
    Duration seedTimeout,
    Duration drainTimeout,
    long maxFrameBytes,
    Optional<TlsFiles> tls,
    boolean exitJvm,
    ClusterProfile profile) {

  private static final long MIN_FRAME_BYTES = 32 * 1024;

  public ClusterSettings {
    requireVersion(version);
    Check.positive("actormesh.cluster.failure-detector.heartbeat-interval", heartbeatInterval);
    Check.positive("actormesh.cluster.failure-detector.acceptable-pause", acceptablePause);
    Check.positive("actormesh.discovery.seed-timeout", seedTimeout);
    Check.positive("drainTimeout", drainTimeout);
    Check.that(
        maxFrameBytes >= MIN_FRAME_BYTES,
        "actormesh.cluster.max-frame-size: " + maxFrameBytes + " bytes are too few.",
        "Set it to at least 32 KiB.");
  }

  /**
   * The settings of an {@code actormesh} object.
   *
   * @param actormesh the object that holds {@code cluster} and {@code discovery}
   * @param version version of the application
   * @param drainTimeout longest time the node's own drain takes
   * @param exitJvm whether the process ends with the actor system
   * @throws MembershipException naming the key whose value cannot work
   */
  public static ClusterSettings from(
      Config actormesh, String version, Duration drainTimeout, boolean exitJvm) {
    Config cluster =
        ClusterProfile.resolved(actormesh.atPath("actormesh")).getConfig("actormesh.cluster");
    return new ClusterSettings(
        address(cluster),
        version,
        splitBrain(cluster.getConfig("split-brain")),
        cluster.getDuration("failure-detector.heartbeat-interval"),
        cluster.getDuration("failure-detector.acceptable-pause"),
        actormesh.getDuration("discovery.seed-timeout"),
        drainTimeout,
        cluster.getBytes("max-frame-size"),
        tls(cluster.getConfig("tls")),
        exitJvm,
        ClusterProfile.of(cluster));
  }

  /** For tests: loopback, any free port, a fast pace, and a process that survives. */
  public static ClusterSettings forTests() {
    return new ClusterSettings(
        ClusterAddress.at("127.0.0.1", 0),
        "0.0.0",
        SplitBrain.keepMajority(Duration.ofSeconds(2)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        256 * 1024,
        Optional.empty(),
        false,
        ClusterProfile.FAST);
  }

  private static void requireVersion(String version) {
    try {
      Version.apply(version);
    } catch (RuntimeException e) {
      throw new MembershipException(
          "The application's version '" + version + "' cannot be compared: " + e.getMessage() + ".",
          "Write it like 1.4.2 or 1.4.2-RC1, in MESH_VERSION or the configuration.");
    }
  }

  private static ClusterAddress address(Config cluster) {
    String host = cluster.getString("host");
    int port = cluster.getInt("port");
    return new ClusterAddress(
        host,
        port,
        nonEmpty(cluster, "bind-host").orElse(host),
        nonEmpty(cluster, "bind-port").map(text -> cluster.getInt("bind-port")).orElse(port));
  }

  private static SplitBrain splitBrain(Config config) {
    return new SplitBrain(
        config.getString("strategy"),
        config.getDuration("stable-after"),
        config.getInt("quorum-size"));
  }

  private static Optional<TlsFiles> tls(Config tls) {
    if (!tls.getBoolean("enabled")) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsFiles(
            Path.of(tls.getString("key-file")),
            Path.of(tls.getString("certificate-file")),
            Path.of(tls.getString("authority-file"))));
  }

  private static Optional<String> nonEmpty(Config config, String key) {
    return Optional.of(config.getString(key)).filter(Predicate.not(String::isEmpty));
  }
}
