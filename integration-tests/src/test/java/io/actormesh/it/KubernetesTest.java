package io.actormesh.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import io.actormesh.testkit.jvm.JvmNode;
import io.actormesh.testkit.jvm.JvmNodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes in JVMs of their own that find each other as pods of the Deployment we recommend. */
@JvmMeshTest(ProbeNode.class)
class KubernetesTest {

  private static final int NODES = 5;

  @TempDir Path folder;
  private KubernetesApi api;
  private PodTemplateSpec template;

  @BeforeEach
  void start() throws Exception {
    api = new KubernetesApi(folder);
    template = Manifests.read().only(Deployment.class).getSpec().getTemplate();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void podsThatStartAtOnceBecomeOneMeshAndTheirLabelsAreTheNodes(JvmMesh mesh) throws IOException {
    form(mesh);
  }

  @Tag("soak")
  @RepeatedTest(20)
  void podsThatStartAtOnceBecomeOneMeshEveryTime(JvmMesh mesh) throws IOException {
    form(mesh);
  }

  @Test
  void aPodWhoseTokenIsRefusedSaysSo(JvmMesh mesh) throws IOException {
    Files.writeString(folder.resolve("token"), "another");
    Path labels = Files.writeString(folder.resolve("labels"), downward());

    JvmNode node =
        described(mesh, "pod", labels).jvm("-Dactormesh.discovery.join-timeout=3s").launch();

    assertThat(node.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
    assertThat(node.log()).contains("kubernetes", "greeter", "401");
    assertThat(api.refused()).isNotEmpty();
  }

  private void form(JvmMesh mesh) throws IOException {
    Path labels = Files.writeString(folder.resolve("labels"), downward());
    List<JvmNodeBuilder> pods =
        IntStream.range(0, NODES).mapToObj(i -> described(mesh, "pod-" + i, labels)).toList();

    List<JvmNode> nodes = mesh.start(pods);

    assertThat(api.refused()).isEmpty();
    for (JvmNode node : nodes) {
      await().atMost(Duration.ofSeconds(20)).until(() -> listed(node).size() == NODES);
    }
    JsonNode first = listed(nodes.get(0)).get(0);
    assertThat(first.path("version").asText()).isEqualTo("1.0.0");
    assertThat(first.path("labels").path("app").asText()).isEqualTo("greeter");
  }

  private JvmNodeBuilder described(JvmMesh mesh, String name, Path labels) {
    JvmNodeBuilder node = mesh.node(name).env("MESH_SEEDS", "").env("MESH_SERVICES", "probe");
    api.environment().forEach(node::env);
    api.files().forEach(node::jvm);
    String discovery = "-Dactormesh.discovery.";
    node.jvm("-Dconfig.resource=it.conf", "-Dactormesh.node.labels-file=" + labels)
        .jvm(discovery + "method=kubernetes", discovery + "name=greeter")
        .jvm(discovery + "port-name=admin", discovery + "required-nodes=" + NODES)
        .jvm(discovery + "stable-margin=1s");
    api.add(pod(name, node.adminPort()));
    return node;
  }

  /** As the Deployment makes it, but that all pods of this machine have one address. */
  private Pod pod(String name, int adminPort) {
    Pod pod =
        new PodBuilder()
            .withMetadata(template.getMetadata())
            .editMetadata()
            .withName(name)
            .withNamespace("shop")
            .endMetadata()
            .withSpec(template.getSpec())
            .withNewStatus()
            .withPhase("Running")
            .withPodIP("127.0.0.1")
            .endStatus()
            .build();
    pod.getSpec().getContainers().get(0).getPorts().stream()
        .filter(port -> port.getName().equals("admin"))
        .forEach(port -> port.setContainerPort(adminPort));
    return pod;
  }

  private String downward() {
    Map<String, String> labels = template.getMetadata().getLabels();
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"\n")
        .collect(Collectors.joining());
  }

  private static JsonNode listed(JvmNode node) throws IOException {
    return Http.json(node.adminUri("/mesh/v1/nodes")).path("nodes");
  }
}
