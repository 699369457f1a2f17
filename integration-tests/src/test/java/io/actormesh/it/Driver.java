package io.actormesh.it;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmNode;
import io.actormesh.testkit.jvm.JvmNodeBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A mesh of JVMs and, in the test's own JVM, the node that drives it. */
final class Driver {

  static final String NAME = "driver";

  private Driver() {}

  /** JVMs with the tests' settings. */
  static List<JvmNode> start(JvmMesh mesh, JvmNodeBuilder... nodes) {
    return mesh.start(Stream.of(nodes).map(node -> node.jvm("-Dconfig.resource=it.conf")).toList());
  }

  /** A member that hosts nothing, with the tests' services in its plan. */
  static MeshNode join(JvmMesh mesh) {
    return start(mesh, ProbeNode.described(NAME), "none", ConfigFactory.load("it"));
  }

  static MeshNode start(JvmMesh mesh, MeshNodeBuilder node, String services, Config config) {
    return node.config(config)
        .environment(
            Map.of(
                "MESH_NODE",
                NAME,
                "MESH_PORT",
                "0",
                "MESH_HTTP_PORT",
                "",
                "MESH_ADMIN_PORT",
                "0",
                "MESH_SERVICES",
                services,
                "MESH_SEEDS",
                mesh.seeds()))
        .start();
  }

  static void end(MeshNode node) throws Exception {
    node.kill().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
