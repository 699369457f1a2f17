package io.actormesh.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.testkit.Greeter.Greet;
import io.actormesh.testkit.Greeter.Greeting;
import org.junit.jupiter.api.Test;

@MeshTest(nodes = 3)
class GreeterTest {

  @EachNode
  static void node(MeshNodeBuilder node) {
    node.host(Greeter.CONTRACT, Greeter::create).expose(Greeter.CONTRACT);
  }

  @Test
  void greetsFromAnyNode(MeshCluster mesh) throws Exception {
    var greeter = mesh.node(2).client(Greeter.CONTRACT);

    Greeting greeting = greeter.<Greeting>ask(r -> new Greet("Ann", r)).get(5, SECONDS);

    assertThat(greeting).isEqualTo(new Greeting("Hello, Ann"));
  }

  @Test
  void greetsOnWhenANodeHasCrashed(MeshCluster mesh) throws Exception {
    mesh.kill(mesh.node(1));
    mesh.awaitVisible("greeter", 2);

    for (int i = 0; i < 20; i++) {
      Greeting greeting =
          mesh.client(Greeter.CONTRACT).<Greeting>ask(r -> new Greet("Bo", r)).get(5, SECONDS);
      assertThat(greeting.text()).isEqualTo("Hello, Bo");
    }
  }
}
