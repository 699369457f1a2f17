package io.actormesh.membership.formation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Pekko Management's cluster bootstrap has to be told; the actor system is started with it.
 */
public final class BootstrapConfig {

  private static final String BOOTSTRAP = "pekko.management.cluster.bootstrap.";
  private static final String DISCOVERY = BOOTSTRAP + "contact-point-discovery.";

  private static final String NAMESERVERS = "dns.nameservers";

  private BootstrapConfig() {}

  /**
   * To be laid over the application's configuration; empty for a method that needs none of it.
   *
   * @param discovery the object {@code actormesh.discovery}
   */
  public static Config of(FormationMethod method, Config discovery) {
    return method instanceof DiscoveredNodes nodes
        ? of(nodes).withFallback(source(nodes.method(), discovery))
        : ConfigFactory.empty();
  }

  private static Config source(String method, Config discovery) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (method.equals(DiscoveredNodes.DNS) && !discovery.getStringList(NAMESERVERS).isEmpty()) {
      values.put("pekko.io.dns.async-dns.nameservers", discovery.getStringList(NAMESERVERS));
    }
    if (method.equals(DiscoveredNodes.KUBERNETES)) {
      String api = "pekko.discovery.kubernetes-api.";
      values.put(api + "pod-label-selector", discovery.getString("kubernetes.pod-label-selector"));
      // Nodes are told apart by their addresses, which is what they call themselves.
      values.put(api + "use-raw-ip", true);
      String namespace = discovery.getString("kubernetes.namespace");
      if (!namespace.isEmpty()) {
        values.put(api + "pod-namespace", namespace);
      }
    }
    return ConfigFactory.parseMap(values, "actormesh.discovery");
  }

  private static Config of(DiscoveredNodes nodes) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(DISCOVERY + "discovery-method", nodes.method());
    values.put(DISCOVERY + "effective-name", nodes.name());
    values.put(DISCOVERY + "service-name", nodes.name());
    values.put(DISCOVERY + "port-name", nodes.portName().orElse(""));
    values.put(DISCOVERY + "protocol", nodes.protocol().orElse(""));
    values.put(DISCOVERY + "required-contact-point-nr", nodes.requiredNodes());
    values.put(DISCOVERY + "stable-margin", nodes.stableMargin().toMillis() + "ms");
    values.put(BOOTSTRAP + "new-cluster-enabled", nodes.formsNew());
    values.put(BOOTSTRAP + "contact-point.fallback-port", nodes.fallbackPort());
    // Every node has an admin port of its own choice as soon as the source tells ports.
    values.put(BOOTSTRAP + "contact-point.filter-on-fallback-port", false);
    return ConfigFactory.parseMap(values, "actormesh.discovery");
  }
}
