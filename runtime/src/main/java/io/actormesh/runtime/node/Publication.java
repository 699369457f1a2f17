package io.actormesh.runtime.node;

import com.typesafe.config.Config;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.ServiceInstance;
import io.actormesh.membership.consul.CheckState;
import io.actormesh.membership.consul.ConsulEntry;
import io.actormesh.runtime.config.Finding;
import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.ingress.ExposedService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** What is told of an exposed service to those who are not part of the mesh. */
final class Publication {

  private final NodeAssembly node;
  private final List<String> tags;

  Publication(NodeAssembly node, List<String> tags) {
    this.node = node;
    this.tags = tags;
  }

  /** Entries of a node and of a service must not be found by one name: they are other ports. */
  static List<Finding> check(
      NodeSettings settings, Config application, List<ExposedService<?>> exposed) {
    String set = application.getString("actormesh.discovery.name");
    String looksUp = set.isEmpty() ? settings.cluster().name() : set;
    if (!settings.cluster().discovery().equals("consul")
        || !application.getBoolean("actormesh.consul.publish")
        || exposed.stream().noneMatch(each -> each.contract().name().equals(looksUp))) {
      return List.of();
    }
    return List.of(
        Finding.error(
            "actormesh.discovery.name",
            "",
            "'" + looksUp + "' is also a service that this node publishes in Consul",
            "Give it another name, the same on all nodes"));
  }

  /** The service at this node's front door. */
  ConsulEntry entry(String service, int port) {
    NodeSettings settings = node.settings();
    return new ConsulEntry(
        service + "@" + settings.cluster().name() + ":" + node.name(),
        service,
        settings.node().host(),
        port,
        tags,
        meta(settings));
  }

  /** Whether a call through this front door would be served. */
  CompletionStage<CheckState> state(String service) {
    return node.admin()
        .whyNotReady()
        .thenApply(
            reasons -> {
              if (!reasons.isEmpty()) {
                return new CheckState(false, String.join(" ", reasons));
              }
              return served(service)
                  ? new CheckState(true, "Ready.")
                  : new CheckState(false, "No instance of " + service + " takes calls.");
            });
  }

  private boolean served(String service) {
    RegistrySnapshot snapshot = node.membership().registry().snapshot();
    return snapshot.instances(service).stream().anyMatch(ServiceInstance::selectable);
  }

  private Map<String, String> meta(NodeSettings settings) {
    Map<String, String> meta = new TreeMap<>();
    // Consul takes letters, digits, _ and - in names.
    settings
        .node()
        .labels()
        .forEach((name, value) -> meta.put(name.replaceAll("[^A-Za-z0-9_-]", "_"), value));
    meta.put("mesh", settings.cluster().name());
    meta.put("node", node.name());
    meta.put("version", settings.node().version());
    meta.put("scheme", settings.ingress().tls().isPresent() ? "https" : "http");
    if (!settings.node().zone().isEmpty()) {
      meta.put("zone", settings.node().zone());
    }
    return meta;
  }
}
