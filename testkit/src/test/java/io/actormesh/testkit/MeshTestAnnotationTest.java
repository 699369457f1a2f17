package io.actormesh.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.runtime.node.ServiceEndpoint;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@MeshTest(nodes = 2, config = "actormesh.services.greeter.instances = 2")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MeshTestAnnotationTest {

  private static String before = "";

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place == 0) {
      node.expose(Greeter.CONTRACT);
    } else {
      node.host(Greeter.CONTRACT, Greeter::create);
    }
  }

  @BeforeAll
  static void seesTheMesh(MeshCluster mesh) {
    before = mesh.node(0).system().name();
  }

  @Test
  @Order(1)
  void nodesAreDescribedByTheirPlace(MeshCluster mesh) {
    assertThat(mesh.node(0).system().name()).isEqualTo(before);
    assertThat(mesh.node(0).services().lookup("greeter"))
        .extracting(ServiceEndpoint::endpoint)
        .containsExactlyInAnyOrder("node-1/0", "node-1/1");
  }

  @Test
  @Order(2)
  void theFrontDoorIsOpen(MeshCluster mesh) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(mesh.uri("/greeter/greet"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"Ann\"}"))
            .build();

    HttpResponse<String> response =
        HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString()).get(10, SECONDS);

    assertThat(response.body()).isEqualTo("{\"text\":\"Hello, Ann\"}");
  }

  @Test
  @Order(3)
  void oneTestLeavesTheMeshInDisorder(MeshCluster mesh) {
    mesh.start();
    mesh.drain(mesh.node(1));
    assertThat(mesh.nodes()).extracting(MeshNode::name).containsExactly("node-0", "node-2");
  }

  @Test
  @Order(4)
  void theNextOneFindsItInOrder(MeshCluster mesh) {
    assertThat(mesh.nodes()).extracting(MeshNode::name).containsExactly("node-0", "node-1");
    mesh.awaitVisible("greeter", 2);
  }

  @Nested
  class InANestedClass {

    @Test
    void theMeshIsThatOfTheClassAroundIt(MeshCluster mesh) {
      assertThat(mesh.node(0).system().name()).isEqualTo(before);
    }
  }
}
