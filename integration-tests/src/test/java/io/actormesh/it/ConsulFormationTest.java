package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that find each other in a real Consul. */
class ConsulFormationTest {

  private static final int NODES = 5;

  @TempDir Path folder;
  private final List<MeshNode> nodes = new ArrayList<>();
  private final List<AutoCloseable> agents = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    nodes.forEach(MeshNode::kill);
    nodes.forEach(
        node -> node.whenTerminated().toCompletableFuture().orTimeout(30, SECONDS).join());
    for (AutoCloseable agent : agents) {
      agent.close();
    }
  }

  @Test
  void nodesThatStartAtOnceBecomeOneMeshAndOutliveTheirAgent() throws Exception {
    ConsulAgent agent = formed();

    agent.kill();
    agent.start();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(agent.passing("shop")).hasSize(NODES));
    nodes.get(0).drain().toCompletableFuture().orTimeout(30, SECONDS).join();
    assertThat(agent.all("shop")).hasSize(NODES - 1);
  }

  @Tag("soak")
  @RepeatedTest(20)
  void nodesThatStartAtOnceBecomeOneMeshEveryTime() throws Exception {
    assertThat(formed().passing("shop")).hasSize(NODES);
  }

  @Test
  void aNodeWhoseTokenMayNotLookIsToldWhichPermissionItLacks() throws Exception {
    ConsulAgent agent = ConsulAgent.guarded(folder);
    agents.add(agent);

    assertThatThrownBy(
            () -> node("alone", agent, "discovery.join-timeout = 2s").orTimeout(30, SECONDS).join())
        .hasCauseInstanceOf(StartException.class)
        .hasMessageContaining("Consul shows no 'shop', but the token lacks service:read of");
  }

  private ConsulAgent formed() throws Exception {
    ConsulAgent agent = ConsulAgent.start(folder, "");
    agents.add(agent);
    List<String> names = new ArrayList<>(IntStream.range(0, NODES).mapToObj(i -> "n" + i).toList());
    long seed = System.nanoTime();
    Collections.shuffle(names, new Random(seed));

    names.stream()
        .map(name -> node(name, agent, ""))
        .toList()
        .forEach(starting -> nodes.add(starting.orTimeout(60, SECONDS).join()));

    for (MeshNode node : nodes) {
      await("order " + seed)
          .atMost(Duration.ofSeconds(20))
          .until(() -> ConsulNodes.members(node).size() == NODES);
    }
    return agent;
  }

  private static CompletableFuture<MeshNode> node(String name, ConsulAgent agent, String more) {
    return ConsulNodes.describe(
            name,
            agent,
            "discovery { method = consul, name = shop, required-nodes = "
                + NODES
                + ", stable-margin = 1s }\n"
                + more)
        .startAsync()
        .toCompletableFuture();
  }
}
