package io.actormesh.membership.formation;

import java.time.Duration;
import java.util.Optional;

/**
 * Nodes that find each other through a Pekko {@code ServiceDiscovery}: DNS, Consul, Kubernetes, or
 * any other on the class path. Pekko Management's cluster bootstrap does the rest: every node asks
 * the discovered ones, at their admin ports, whether there is a cluster to join; only when enough
 * are found, all answer, none knows of one and nothing has changed for a while does the one with
 * the lowest address form it.
 *
 * @param method the name of the discovery: {@code pekko.discovery.<method>} configures it
 * @param name what is looked up: a DNS name, a service of the catalogue, a pod label's value
 * @param portName the name of the admin port there; empty to take the fallback port
 * @param protocol of the port, for SRV records; empty for sources that have none
 * @param requiredNodes how many nodes have to be found before they may form a cluster. The number
 *     of nodes that a new mesh is started with: with less, nodes that are slow to see each other
 *     can form two
 * @param stableMargin how long what is found must not have changed before that; default 5 s
 * @param formsNew whether this node may form a cluster at all, or only join one
 * @param fallbackPort the admin port of nodes whose source tells none
 */
public record DiscoveredNodes(
    String method,
    String name,
    Optional<String> portName,
    Optional<String> protocol,
    int requiredNodes,
    Duration stableMargin,
    boolean formsNew,
    int fallbackPort)
    implements FormationMethod {

  /** Pekko's own look-up of SRV and A records. */
  public static final String DNS = "pekko-dns";

  /** The Kubernetes API's list of pods. */
  public static final String KUBERNETES = "kubernetes-api";

  /** The passing entries of Consul's catalogue, by our own client. */
  public static final String CONSUL = "actormesh-consul";

  @Override
  public String describe() {
    return method
        + " '"
        + portName.map(port -> "_" + port + "._" + protocol.orElse("tcp") + ".").orElse("")
        + name
        + "'";
  }
}
