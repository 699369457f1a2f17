package io.actormesh.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/** Describes a mesh of several nodes in this JVM. Not thread-safe. */
public final class MeshClusterBuilder {

  private static final int MOST = 32;

  private int nodes = 1;
  private String config = "";
  private NodeSetup setup = (node, place) -> {};
  private IntFunction<Map<String, String>> environment = place -> Map.of();

  MeshClusterBuilder() {}

  /** How many nodes the mesh starts with, 1 to 32; default 1. */
  @CanIgnoreReturnValue
  public MeshClusterBuilder nodes(int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("nodes: " + count + " (expected: 1 to " + MOST + ")");
    }
    nodes = count;
    return this;
  }

  /** What every node hosts and exposes; default nothing. */
  @CanIgnoreReturnValue
  public MeshClusterBuilder each(NodeSetup description) {
    setup = description;
    return this;
  }

  /**
   * Configuration (HOCON) of all nodes, laid over the kit's own, and that over {@code
   * application.conf}.
   */
  @CanIgnoreReturnValue
  public MeshClusterBuilder config(String hocon) {
    config = hocon;
    return this;
  }

  /**
   * {@code MESH_*} variables of each node by its place, such as {@code MESH_ZONE} or {@code
   * MESH_SERVICES}. The process's own environment is not read; names and seeds are the kit's.
   */
  @CanIgnoreReturnValue
  public MeshClusterBuilder environment(IntFunction<Map<String, String>> variables) {
    environment = variables;
    return this;
  }

  /**
   * Starts the nodes and waits until each of them sees all of them. If one cannot start, the others
   * are ended and its failure is thrown.
   */
  public MeshCluster start() {
    String name = KitConfig.newName();
    // Read first: a mistake in it should not cost a start.
    ConfigFactory.parseString(config);
    return MeshCluster.start(
        new Description(name, KitConfig.of(name, config), setup, environment, nodes));
  }

  /**
   * What the nodes of a mesh are made of.
   *
   * @param nodes how many the mesh starts with
   */
  record Description(
      String mesh,
      Config config,
      NodeSetup setup,
      IntFunction<Map<String, String>> environment,
      int nodes) {

    CompletionStage<MeshNode> start(int place, List<String> seeds) {
      try {
        MeshNodeBuilder node = MeshNode.builder();
        setup.describe(node, place);
        return node.config(config).environment(variables(place, seeds)).startAsync();
      } catch (RuntimeException wrong) {
        // Others may be starting already, and have to be waited for before the test ends.
        return CompletableFuture.failedFuture(wrong);
      }
    }

    private Map<String, String> variables(int place, List<String> seeds) {
      Map<String, String> variables = new TreeMap<>(environment.apply(place));
      variables.put("MESH_NODE", "node-" + place);
      variables.put("MESH_SEEDS", String.join(",", seeds));
      return variables;
    }
  }
}
