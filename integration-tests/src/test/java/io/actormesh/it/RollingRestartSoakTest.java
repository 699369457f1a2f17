package io.actormesh.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.it.Load.Sample;
import io.actormesh.it.Probe.Served;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import io.actormesh.testkit.jvm.JvmNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Node after node is replaced, over and over, under load. */
@Tag("soak")
@JvmMeshTest(value = ProbeNode.class, seeds = 1)
class RollingRestartSoakTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int REPLACEMENTS = 12;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void aRollingRestartLosesNothing(JvmMesh mesh) throws Exception {
    List<JvmNode> running =
        Driver.start(mesh, mesh.node("node-0"), mesh.node("node-1"), mesh.node("node-2"));
    MeshNode driver = Driver.join(mesh);
    // The seed stays: the others come and go.
    JvmNode leaving = running.get(1);
    JvmNode next = running.get(2);
    Load load =
        Load.start(
            32,
            () ->
                driver
                    .client(Probe.CONTRACT)
                    .<Served>ask(r -> new Probe.Work(10, r))
                    .thenApply(Served::by));
    for (int i = 0; i < REPLACEMENTS; i++) {
      String name = "node-" + (3 + i);
      JvmNode fresh = Driver.start(mesh, mesh.node(name)).get(0);
      leaving.sigterm();
      leaving.awaitEnd(LIMIT);
      leaving = next;
      next = fresh;
      long since = System.nanoTime();
      await().atMost(LIMIT).until(() -> load.servers(since).contains(name));
    }
    List<Sample> samples = load.stop();
    Driver.end(driver);

    System.out.println(
        "FIGURES rolling restart: "
            + REPLACEMENTS
            + " nodes replaced, "
            + samples.size()
            + " calls");
    assertThat(samples).allMatch(Sample::ok);
  }
}
