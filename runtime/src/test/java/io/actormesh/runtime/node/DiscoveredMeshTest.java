package io.actormesh.runtime.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that look each other up, through their admin ports. */
class DiscoveredMeshTest {

  private final List<MeshNode> nodes = new ArrayList<>();

  @AfterEach
  void kill() throws Exception {
    for (MeshNode node : nodes) {
      node.kill().toCompletableFuture().get(30, SECONDS);
    }
  }

  @Test
  void nodesThatADiscoveryNamesBecomeOneMesh() throws Exception {
    List<Integer> adminPorts = freePorts(3);
    List<CompletableFuture<MeshNode>> starting =
        adminPorts.stream().map(port -> start(adminPorts, port)).toList();
    for (CompletableFuture<MeshNode> node : starting) {
      nodes.add(node.get(60, SECONDS));
    }
    for (MeshNode node : nodes) {
      assertThat(node.services().lookup("greeter")).hasSize(3);
    }
  }

  @Test
  void aDiscoveryThatIsNotConfiguredIsRefusedWithItsKey() {
    MeshNodeBuilder builder =
        MeshNode.builder()
            .environment(Map.of("MESH_PORT", "0"))
            .config(settings("actormesh.discovery.method = my-catalogue"));
    assertThatThrownBy(builder::start)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("pekko.discovery.my-catalogue.class");
  }

  private static CompletableFuture<MeshNode> start(List<Integer> all, int adminPort) {
    String endpoints =
        all.stream()
            .map(port -> "{ host = \"127.0.0.1\", port = " + port + " }")
            .collect(Collectors.joining(", "));
    return MeshNode.builder()
        .environment(
            Map.of(
                "MESH_PORT",
                "0",
                "MESH_HTTP_PORT",
                "",
                "MESH_ADMIN_PORT",
                String.valueOf(adminPort)))
        .config(
            settings(
                "actormesh.discovery { method = config, name = shop, stable-margin = 1 s }\n"
                    + "pekko.discovery.config.services.shop.endpoints = ["
                    + endpoints
                    + "]"))
        .host(Greeter.CONTRACT, Greeter::create)
        .startAsync()
        .toCompletableFuture();
  }

  private static Config settings(String text) {
    return ConfigFactory.load(ConfigFactory.parseString(text));
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
