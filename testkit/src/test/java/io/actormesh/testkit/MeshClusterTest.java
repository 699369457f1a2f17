package io.actormesh.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.config.ConfigurationException;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.testkit.Greeter.Greet;
import io.actormesh.testkit.Greeter.Greeting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeshClusterTest {

  private static MeshClusterBuilder greeters(int nodes) {
    return MeshCluster.builder()
        .nodes(nodes)
        .each((node, place) -> node.host(Greeter.CONTRACT, Greeter::create));
  }

  private static String greet(MeshNode node) throws Exception {
    return node.client(Greeter.CONTRACT)
        .<Greeting>ask(r -> new Greet("Ann", r))
        .get(10, SECONDS)
        .text();
  }

  @Test
  void nodesComeAndGoAndLeaveNothingBehind() throws Exception {
    List<Integer> ports;
    String name;
    try (MeshCluster mesh = greeters(2).start()) {
      name = mesh.node(0).system().name();
      mesh.awaitMembers(2);
      mesh.awaitVisible("greeter", 2);
      MeshNode added = mesh.start();
      mesh.awaitVisible("greeter", 3);
      assertThat(added.name()).isEqualTo("node-2");
      assertThat(greet(added)).isEqualTo("Hello, Ann");

      mesh.drain(mesh.node(1));
      mesh.awaitVisible("greeter", 2);
      mesh.awaitMembers(2);
      assertThat(mesh.nodes()).extracting(MeshNode::name).containsExactly("node-0", "node-2");

      // Of two, one is no majority: the kit lets the survivor live on.
      mesh.kill(mesh.node(0));
      mesh.awaitMembers(1);
      mesh.awaitVisible("greeter", 1);
      assertThat(greet(mesh.node(2))).isEqualTo("Hello, Ann");

      MeshNode again = mesh.start();
      assertThat(again).isSameAs(mesh.node(0)).extracting(MeshNode::name).isEqualTo("node-0");
      mesh.awaitVisible("greeter", 2);
      ports = mesh.nodes().stream().flatMap(MeshClusterTest::ports).toList();
      assertThat(ports).allMatch(MeshClusterTest::open);
    }
    assertThat(ports).noneMatch(MeshClusterTest::open);
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(threads(name)).isEmpty());
  }

  @Test
  void settingsOfTheTestReachTheNodes() {
    try (MeshCluster mesh =
        greeters(1)
            .config("actormesh.services.greeter.instances = 3")
            .environment(place -> Map.of("MESH_ZONE", "zone-" + place))
            .start()) {
      mesh.awaitVisible("greeter", 3);
      assertThat(mesh.node(0).services().lookup("greeter"))
          .allMatch(endpoint -> endpoint.zone().equals("zone-0"));
    }
  }

  @Test
  void aWrongSettingIsToldAndLeavesNothing() {
    assertThatThrownBy(() -> greeters(2).config("actormesh.no-such-key = 1").start())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no-such-key");
  }

  @Test
  void whatNeverBecomesTrueIsToldAsSeen() {
    Patience little = new Patience(Duration.ofMillis(50));
    assertThatThrownBy(() -> little.await("rain", () -> Optional.of("the sun shines")))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Waited 50 ms for rain, but the sun shines");
  }

  private static Stream<Integer> ports(MeshNode node) {
    return Stream.of(
        node.clusterPort(), node.linkPort(), node.httpPort().orElseThrow(), node.adminPort());
  }

  private static boolean open(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static List<String> threads(String mesh) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.contains(mesh) || name.startsWith("node-"))
        .toList();
  }
}
