package io.actormesh.membership;

import java.util.Map;

/**
 * What a node tells the others about itself when it starts; it never changes during its run.
 *
 * @param id this run of the node
 * @param name what people call it; unique by convention, not by enforcement
 * @param zone failure domain, for zone-aware routing; {@code ""} when zones are not used
 * @param version version of the application, such as {@code 1.4.2}
 * @param labels free key-value pairs for routing rules and humans
 * @param linkHost host that callers dial for the data link
 * @param linkPort port of the data link; 0 if the node serves none
 * @param httpPort port of the HTTP ingress; 0 if it has none
 * @param adminPort port of the management HTTP server; 0 if it has none
 */
public record NodeDescriptor(
    NodeId id,
    String name,
    String zone,
    String version,
    Map<String, String> labels,
    String linkHost,
    int linkPort,
    int httpPort,
    int adminPort) {

  private static final int MAX_PORT = 65535;

  public NodeDescriptor {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: '" + name + "' (expected: not blank)");
    }
    labels = Map.copyOf(labels);
    requirePort("linkPort", linkPort);
    requirePort("httpPort", httpPort);
    requirePort("adminPort", adminPort);
  }

  private static void requirePort(String what, int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(what + ": " + port + " (expected: 0 to " + MAX_PORT + ")");
    }
  }
}
