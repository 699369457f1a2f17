package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.testkit.jvm.JvmMesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FiveNodesTest {

  private static final int NODES = 5;

  @Test
  void fiveNodesThatStartAtOnceBecomeOneMesh() throws Exception {
    Config config =
        ConfigFactory.parseString("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off")
            .withFallback(ConfigFactory.load("it"));
    List<MeshNode> nodes = new ArrayList<>();
    try (JvmMesh ports = JvmMesh.of(ProbeNode.class, NODES)) {
      List<CompletableFuture<MeshNode>> starts = new ArrayList<>();
      String[] seeds = ports.seeds().split(",", -1);
      for (int i = 0; i < NODES; i++) {
        starts.add(start(config, "five-" + i, seeds[i], ports.seeds()));
      }
      for (CompletableFuture<MeshNode> start : starts) {
        nodes.add(start.get(50, SECONDS));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(nodes)
                      .allMatch(node -> node.services().lookup("probe").size() == NODES));
    } finally {
      for (MeshNode node : nodes) {
        Driver.end(node);
      }
    }
  }

  private static CompletableFuture<MeshNode> start(
      Config config, String name, String address, String seeds) {
    return ProbeNode.described(name)
        .config(config)
        .environment(
            Map.of(
                "MESH_NODE",
                name,
                "MESH_PORT",
                address.substring(address.indexOf(':') + 1),
                "MESH_HTTP_PORT",
                "",
                "MESH_ADMIN_PORT",
                "0",
                "MESH_SEEDS",
                seeds))
        .startAsync()
        .toCompletableFuture();
  }
}
