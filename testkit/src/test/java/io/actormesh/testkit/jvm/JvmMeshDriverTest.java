package io.actormesh.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@JvmMeshTest(value = EchoMain.class, seeds = 1)
class JvmMeshDriverTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @BeforeAll
  static void start(JvmMesh mesh) {
    JvmNode seed = mesh.start("seed").get(0);
    assertThat(seed.log()).contains("Node seed is ready");
  }

  @Test
  void aProcessEndsWhenTheTestsJvmIsGone(JvmMesh mesh) throws IOException {
    JvmNode orphan = mesh.node("orphan").launch();
    orphan.process().getOutputStream().close();
    assertThat(orphan.awaitEnd(LIMIT)).isEqualTo(ChildMain.ORPHANED);
  }

  @Test
  void aProcessThatEndsTooEarlyIsToldWithItsLog(JvmMesh mesh) {
    JvmNode node = mesh.node("wrong").env("MESH_PROFILE", "nonsense").launch();
    assertThatThrownBy(() -> node.awaitReady(LIMIT))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("wrong ended with 1")
        .hasMessageContaining("MESH_PROFILE");
  }

  @Test
  void aKilledProcessIsGone(JvmMesh mesh) {
    JvmNode victim = mesh.node("victim").launch();
    victim.kill9();
    assertThat(victim.alive()).isFalse();
    assertThat(victim.awaitEnd(LIMIT)).isEqualTo(137);
  }
}
