package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.node.MeshNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.discovery.Discovery;
import org.apache.pekko.discovery.ServiceDiscovery;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that find each other in a real Consul. */
class ConsulFormationTest {

  private static final int NODES = 5;
  private static final String SETTINGS =
      "discovery { method = consul, name = shop, required-nodes = 5, stable-margin = 1s }\n"
          + "consul.publish = on";

  @TempDir Path folder;
  private final List<MeshNode> nodes = new ArrayList<>();
  private final List<ConsulAgent> agents = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(MeshNode::kill);
    nodes.forEach(
        node -> node.whenTerminated().toCompletableFuture().orTimeout(30, SECONDS).join());
    agents.forEach(ConsulAgent::close);
  }

  @Test
  void nodesThatStartAtOnceBecomeOneMeshAndTheDeathOfConsulsLeaderHidesNone() throws Exception {
    agents.addAll(ConsulAgent.servers(folder));
    ConsulAgent leader = leader();
    List<ConsulAgent> others = agents.stream().filter(each -> each != leader).toList();
    form(others);
    soon().until(() -> passing(others.get(0), "probe") == NODES);
    String old = leader.leader();

    leader.kill();

    Set<Set<Integer>> seen = new HashSet<>();
    // A look-up that fails ends the test.
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              seen.add(resolved(nodes.get(0)));
              return others.stream().allMatch(each -> ledByAnother(each, old));
            });
    assertThat(seen).containsExactly(doors());
    joinsAndLeaves(others);
  }

  @Tag("soak")
  @RepeatedTest(20)
  void nodesThatStartAtOnceBecomeOneMeshEveryTime() throws Exception {
    agents.add(ConsulAgent.start(folder));
    form(agents);
  }

  private void form(List<ConsulAgent> at) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, NODES).boxed().toList());
    long seed = System.nanoTime();
    Collections.shuffle(order, new Random(seed));
    order.stream()
        .map(i -> start("n" + i, at.get(i % at.size())))
        .toList()
        .forEach(starting -> nodes.add(starting.orTimeout(60, SECONDS).join()));
    for (MeshNode node : nodes) {
      await("order " + seed)
          .atMost(Duration.ofSeconds(20))
          .until(() -> ConsulNodes.members(node).size() == NODES);
    }
  }

  private void joinsAndLeaves(List<ConsulAgent> others) throws Exception {
    MeshNode late = start("late", others.get(1)).orTimeout(60, SECONDS).join();
    nodes.add(late);
    assertThat(ConsulNodes.members(late)).hasSize(NODES + 1);
    soon().until(() -> passing(others.get(0), "probe") == NODES + 1);

    late.drain().toCompletableFuture().orTimeout(30, SECONDS).join();

    soon().until(() -> others.get(0).all("shop").size() == NODES);
    assertThat(others.get(1).all("probe")).hasSize(NODES);
  }

  private ConsulAgent leader() throws Exception {
    for (ConsulAgent each : agents) {
      if (each.leads()) {
        return each;
      }
    }
    throw new AssertionError("none of the servers leads");
  }

  private static CompletableFuture<MeshNode> start(String name, ConsulAgent agent) {
    return ConsulNodes.describe(name, agent, SETTINGS).startAsync().toCompletableFuture();
  }

  private Set<Integer> doors() {
    Set<Integer> ports = new HashSet<>();
    nodes.forEach(node -> ports.add(node.httpPort().orElseThrow()));
    return ports;
  }

  /** The front doors that the node's own discovery finds. */
  private static Set<Integer> resolved(MeshNode node) {
    ServiceDiscovery consul = Discovery.get(node.system()).loadServiceDiscovery("actormesh-consul");
    Set<Integer> ports = new HashSet<>();
    consul
        .lookup("probe", Duration.ofSeconds(10))
        .toCompletableFuture()
        .orTimeout(30, SECONDS)
        .join()
        .getAddresses()
        .forEach(target -> ports.add((Integer) target.getPort().orElseThrow()));
    return ports;
  }

  private static int passing(ConsulAgent agent, String service) throws Exception {
    return agent.passing(service).size();
  }

  private static boolean ledByAnother(ConsulAgent agent, String old) {
    try {
      String now = agent.leader();
      return !now.isEmpty() && !now.equals(old);
    } catch (Exception e) {
      return false;
    }
  }

  private static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(50));
  }
}
