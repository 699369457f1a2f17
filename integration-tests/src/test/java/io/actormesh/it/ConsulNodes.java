package io.actormesh.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Nodes of this JVM that know of a Consul agent. */
final class ConsulNodes {

  private static final String COMMON =
      """
      actormesh {
        cluster { host = "127.0.0.1", port = 0 }
        link.port = 0
        ingress.port = 0
        admin.port = 0
        drain { quiet-period = 100 ms, patience = 10 s }
        consul { check-ttl = 1 s, timeout = 5 s }
      }
      pekko.coordinated-shutdown { run-by-jvm-shutdown-hook = off, exit-jvm = off }
      """;

  private ConsulNodes() {}

  /**
   * A node that is not started.
   *
   * @param settings below {@code actormesh}
   */
  static MeshNodeBuilder describe(String name, ConsulAgent agent, String settings) {
    return describe(name, agent, settings, "");
  }

  /** The same with settings of Pekko's. */
  static MeshNodeBuilder describe(String name, ConsulAgent agent, String settings, String pekkos) {
    Config config =
        ConfigFactory.parseString("actormesh {\n" + settings + "\n}\n" + pekkos)
            .withFallback(
                ConfigFactory.parseString(
                    "actormesh { node.name = "
                        + name
                        + "\nconsul.address = \""
                        + agent.address()
                        + "\" }"))
            .withFallback(ConfigFactory.parseString(COMMON))
            .withFallback(ConfigFactory.parseResources("it.conf"))
            .withFallback(ConfigFactory.load())
            .resolve();
    return ProbeNode.described(name).config(config).environment(Map.of());
  }

  static String metrics(MeshNode node) throws IOException {
    return Http.get(URI.create("http://127.0.0.1:" + node.adminPort() + "/metrics"));
  }

  /** The nodes that it knows, as its admin API tells them. */
  static JsonNode members(MeshNode node) throws IOException {
    return Http.json(URI.create("http://127.0.0.1:" + node.adminPort() + "/mesh/v1/nodes"))
        .path("nodes");
  }
}
