package io.actormesh.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.TreeMap;

/** Turns the {@code MESH_*} environment variables into configuration that wins over the files. */
final class Environment {

  private static final String PREFIX = "MESH_";
  private static final String HTTP_PORT = "MESH_HTTP_PORT";
  private static final String LABELS = "MESH_LABELS";

  /** The variables, and the key that each stands for. */
  static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("MESH_NODE", "actormesh.node.name"),
          Map.entry("MESH_HOST", "actormesh.cluster.host"),
          Map.entry("MESH_PORT", "actormesh.cluster.port"),
          Map.entry("MESH_LINK_PORT", "actormesh.link.port"),
          Map.entry(HTTP_PORT, "actormesh.ingress.port"),
          Map.entry("MESH_ADMIN_PORT", "actormesh.admin.port"),
          Map.entry("MESH_SEEDS", "actormesh.discovery.seeds"),
          Map.entry("MESH_ZONE", "actormesh.node.zone"),
          Map.entry("MESH_VERSION", "actormesh.node.version"),
          Map.entry(LABELS, "actormesh.node.labels"),
          Map.entry("MESH_SERVICES", "actormesh.node.services"),
          Map.entry("MESH_PROFILE", "actormesh.profile"));

  private Environment() {}

  /** The configuration with the variables laid over it. */
  static Config over(Config config, Map<String, String> environment, Findings findings) {
    Config result = config;
    // Sorted, so that the findings come in the same order at every start.
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      if (variable.getKey().startsWith(PREFIX)) {
        result = one(variable.getKey(), variable.getValue(), findings).withFallback(result);
      }
    }
    return result;
  }

  private static Config one(String name, String value, Findings findings) {
    String key = KEYS.get(name);
    if (key == null) {
      findings.add(Finding.error(name, "environment", "unknown variable", advice(name)));
      return ConfigFactory.empty();
    }
    // An empty variable is how many tools say "not set"; an empty HTTP port says "no front door".
    if (value.isBlank() && !name.equals(HTTP_PORT)) {
      return ConfigFactory.empty();
    }
    Object given = name.equals(LABELS) ? labels(value, findings) : value.strip();
    return ConfigValueFactory.fromAnyRef(given, name).atPath(key);
  }

  private static Map<String, String> labels(String value, Findings findings) {
    Map<String, String> labels = new TreeMap<>();
    for (String part : value.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        labels.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      } else {
        String problem = '"' + part.strip() + "\" is not name=value";
        findings.add(Finding.error(LABELS, "environment", problem, "Write a=b,c=d"));
      }
    }
    return labels;
  }

  private static String advice(String name) {
    if (name.matches(".*_SERVICE_(HOST|PORT)(_.*)?|.*_PORT(_\\d+_.*)?")) {
      return "Kubernetes sets such variables for Services whose names begin with mesh: rename the"
          + " Service, or set enableServiceLinks: false in the pod";
    }
    return NearestKey.of(name, KEYS.keySet())
        .map(near -> "Did you mean " + near + "?")
        .orElseGet(() -> "Remove it; known are " + String.join(", ", new TreeMap<>(KEYS).keySet()));
  }
}
