package io.actormesh.membership.formation;

import com.typesafe.config.Config;
import io.actormesh.membership.MembershipException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a node joins.
 *
 * @param method how it finds the others
 * @param joinTimeout how long it may take until the node is up; default 60 s
 * @param lookupInterval how often the method is asked again until then; default 5 s
 */
public record FormationSettings(
    FormationMethod method, Duration joinTimeout, Duration lookupInterval) {

  private static final String KEY = "actormesh.discovery";

  public FormationSettings {
    requirePositive("join-timeout", joinTimeout);
    requirePositive("lookup-interval", lookupInterval);
  }

  /**
   * The settings under {@code actormesh.discovery}, given that object.
   *
   * @param cluster the cluster's name, which is what is looked up unless the settings name another
   * @param adminPort this node's admin port, which is that of nodes whose port is not told
   * @throws MembershipException if a seed is not {@code host:port}, or there is none
   */
  public static FormationSettings from(Config discovery, String cluster, int adminPort) {
    return new FormationSettings(
        method(discovery, cluster, adminPort),
        discovery.getDuration("join-timeout"),
        discovery.getDuration("lookup-interval"));
  }

  /** The same with another method. */
  public FormationSettings with(FormationMethod other) {
    return new FormationSettings(other, joinTimeout, lookupInterval);
  }

  private static FormationMethod method(Config discovery, String cluster, int adminPort) {
    String method = discovery.getString("method");
    return switch (method) {
      case "self" -> FormationMethod.self();
      case "seeds" -> FormationMethod.seeds(seeds(discovery));
      case "dns" -> discovered(DiscoveredNodes.DNS, discovery, cluster, adminPort);
      case "consul" -> discovered(DiscoveredNodes.CONSUL, discovery, cluster, adminPort);
      case "kubernetes" -> discovered(DiscoveredNodes.KUBERNETES, discovery, cluster, adminPort);
      default -> discovered(method, discovery, cluster, adminPort);
    };
  }

  private static DiscoveredNodes discovered(
      String method, Config discovery, String cluster, int adminPort) {
    Optional<String> portName = nonEmpty(discovery, "port-name");
    int contactPort = discovery.getInt("contact-port");
    return new DiscoveredNodes(
        method,
        nonEmpty(discovery, "name").orElse(cluster),
        portName,
        portName.flatMap(named -> nonEmpty(discovery, "protocol")),
        discovery.getInt("required-nodes"),
        discovery.getDuration("stable-margin"),
        discovery.getBoolean("forms-new"),
        contactPort == 0 ? adminPort : contactPort);
  }

  private static Optional<String> nonEmpty(Config config, String key) {
    return Optional.of(config.getString(key)).filter(Predicate.not(String::isEmpty));
  }

  private static List<HostPort> seeds(Config discovery) {
    return discovery.getStringList("seeds").stream()
        .map(seed -> HostPort.parse(KEY + ".seeds", seed))
        .toList();
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new MembershipException(
          KEY + "." + what + ": " + value + " is too short.", "Give it a positive duration.");
    }
  }
}
