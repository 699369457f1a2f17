package io.actormesh.runtime.policy;

import com.typesafe.config.Config;
import io.actormesh.runtime.config.Finding;
import io.actormesh.runtime.config.Findings;
import io.actormesh.runtime.config.NearestKey;
import io.actormesh.runtime.config.StrictConfig;
import io.actormesh.runtime.policy.EffectivePolicy.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code actormesh.services} says, read and checked. */
final class PolicyConfig {

  private static final String DEFAULT = "default";
  private static final String OPERATIONS = "operations";

  private final StrictConfig root;
  private final Layer defaults;
  private final Map<String, ServiceLayers> services;

  private PolicyConfig(StrictConfig root, Layer defaults, Map<String, ServiceLayers> services) {
    this.root = root;
    this.defaults = defaults;
    this.services = services;
  }

  static PolicyConfig read(Config config, Findings findings) {
    StrictConfig root = StrictConfig.of(config, "actormesh.services", findings);
    StrictConfig section = root.section(DEFAULT);
    Layer defaults = Layer.read(section, ServiceLayers.KEYS, Level.DEFAULT);
    PolicyCheck.contradictions(section, defaults, defaults);
    Map<String, ServiceLayers> services = new TreeMap<>();
    for (String name : root.names()) {
      if (!name.equals(DEFAULT)) {
        ServiceLayers layers = ServiceLayers.read(root.section(name));
        PolicyCheck.contradictions(root.section(name), layers.service(), defaults);
        services.put(name, layers);
      }
    }
    root.refuseUnknown();
    return new PolicyConfig(root, defaults, services);
  }

  Set<String> services() {
    return services.keySet();
  }

  Resolved resolve(String service, Map<String, OperationDefaults> contract) {
    return layers(service).resolve(service, defaults, contract);
  }

  List<Finding> unknownOperations(String service, Set<String> known) {
    List<Finding> unknown = new ArrayList<>();
    if (service.equals(DEFAULT)) {
      unknown.add(
          Finding.error(
              root.path(DEFAULT),
              "",
              "a service cannot be called default",
              "Give its contract another name"));
    }
    for (String operation : layers(service).operations()) {
      if (!known.contains(operation)) {
        StrictConfig section = root.section(service).section(OPERATIONS);
        String problem = "the contract of " + service + " has no such operation";
        unknown.add(
            Finding.error(
                section.pathOf(operation),
                section.originOf(operation),
                problem,
                advice(operation, known)));
      }
    }
    return unknown;
  }

  List<Finding> unknownServices(Set<String> known) {
    return services.keySet().stream()
        .filter(service -> !known.contains(service))
        .map(
            service ->
                Finding.warning(
                    root.pathOf(service),
                    root.originOf(service),
                    "no contract known to this node is called so",
                    advice(service, known)))
        .toList();
  }

  private ServiceLayers layers(String service) {
    return services.getOrDefault(service, ServiceLayers.none());
  }

  private static String advice(String name, Set<String> known) {
    return NearestKey.of(name, known)
        .map(near -> "Did you mean " + near + "?")
        .orElseGet(() -> "Known are " + String.join(", ", new TreeSet<>(known)));
  }
}
