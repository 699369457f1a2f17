package io.actormesh.runtime.external;

import com.typesafe.config.Config;
import io.actormesh.membership.formation.DiscoveredNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.discovery.Lookup;

/**
 * Where a service outside of the mesh is found, and how it is called: {@code
 * actormesh.external.<service>}, over {@code actormesh.external.default}.
 *
 * @param service the name it has here
 * @param discovery the name of the Pekko service discovery that knows it
 * @param lookup what is asked there
 * @param port of places whose port the look-up does not tell
 * @param secure whether it is called over TLS
 * @param authority PEM file of the certificates that its must be signed by; empty for those that
 *     Java trusts
 * @param lookupInterval how long what was found is used before it is asked again
 * @param connectTimeout for one connection
 * @param deadline of a call that names none
 * @param maxAttempts places tried, at most
 * @param maxInFlight calls at a time
 * @param maxReply bytes of a reply's body
 */
public record ExternalSettings(
    String service,
    String discovery,
    Lookup lookup,
    int port,
    boolean secure,
    Optional<Path> authority,
    Duration lookupInterval,
    Duration connectTimeout,
    Duration deadline,
    int maxAttempts,
    int maxInFlight,
    long maxReply) {

  private static final String DEFAULT = "default";

  /**
   * The settings of a service, which has the default ones if it is not named there.
   *
   * @param external the object {@code actormesh.external}
   */
  public static ExternalSettings of(Config external, String service) {
    Config own = external.getConfig(DEFAULT);
    if (!service.equals(DEFAULT) && external.root().containsKey(service)) {
      own = external.getObject('"' + service + '"').toConfig().withFallback(own);
    }
    boolean secure = own.getString("scheme").equals("https");
    int port = own.getInt("port");
    return new ExternalSettings(
        service,
        discovery(own.getString("discovery")),
        lookup(own, service),
        port == 0 ? (secure ? 443 : 80) : port,
        secure,
        nonEmpty(own, "authority-file").map(Path::of),
        own.getDuration("lookup-interval"),
        own.getDuration("connect-timeout"),
        own.getDuration("deadline"),
        own.getInt("max-attempts"),
        own.getInt("max-in-flight"),
        own.getBytes("max-reply"));
  }

  private static String discovery(String word) {
    return switch (word) {
      case "consul" -> DiscoveredNodes.CONSUL;
      case "dns" -> DiscoveredNodes.DNS;
      default -> word;
    };
  }

  private static Lookup lookup(Config own, String service) {
    Lookup byName = Lookup.create(nonEmpty(own, "name").orElse(service));
    return nonEmpty(own, "port-name")
        .map(port -> byName.withPortName(port).withProtocol(own.getString("protocol")))
        .orElse(byName);
  }

  private static Optional<String> nonEmpty(Config config, String key) {
    return Optional.of(config.getString(key)).filter(Predicate.not(String::isEmpty));
  }
}
