package io.actormesh.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import io.actormesh.testkit.jvm.JvmNode;
import io.actormesh.testkit.jvm.JvmNodeBuilder;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A front door, a service and the service that this one calls, in a JVM each, and a collector. */
@JvmMeshTest(ProbeNode.class)
class TracedMeshTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENT_SPAN = "b7ad6b7169203331";

  @Test
  void aRequestThroughThreeJvmsIsOneTree(JvmMesh mesh) throws Exception {
    try (Collector collector = new Collector()) {
      List<JvmNode> nodes =
          Driver.start(
              mesh,
              node(mesh, collector, "door", "none"),
              node(mesh, collector, "middle", "relay"),
              node(mesh, collector, "far", "probe"));
      HttpRequest request =
          HttpRequest.newBuilder(nodes.get(0).uri("/relay/pass"))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", "application/json")
              .header("traceparent", "00-" + TRACE + "-" + CLIENT_SPAN + "-01")
              .POST(BodyPublishers.ofString("{\"millis\":1}"))
              .build();
      String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      assertThat(answer).isEqualTo("{\"by\":\"far\",\"failure\":\"\"}");
      await().atMost(Duration.ofSeconds(30)).until(() -> collector.of(TRACE).size() == 7);
      checkTree(collector.of(TRACE));
      assertThat(collector.tokens()).containsOnly("secret");
    }
  }

  /** Each is the child of the one before. */
  private static void checkTree(List<Collector.Kept> spans) {
    String parent = CLIENT_SPAN;
    parent = check(spans, "POST /relay/pass", SpanKind.SPAN_KIND_SERVER, "door", parent);
    parent = check(spans, "call relay/pass", SpanKind.SPAN_KIND_INTERNAL, "door", parent);
    parent = check(spans, "relay/pass", SpanKind.SPAN_KIND_CLIENT, "door", parent);
    parent = check(spans, "serve relay/pass", SpanKind.SPAN_KIND_SERVER, "middle", parent);
    parent = check(spans, "call probe/work", SpanKind.SPAN_KIND_INTERNAL, "middle", parent);
    parent = check(spans, "probe/work", SpanKind.SPAN_KIND_CLIENT, "middle", parent);
    String last = check(spans, "serve probe/work", SpanKind.SPAN_KIND_SERVER, "far", parent);
    assertThat(last).isNotEqualTo(parent);
    assertThat(one(spans, "POST /relay/pass").attributes())
        .containsEntry("http.response.status_code", "200");
    assertThat(one(spans, "probe/work").attributes()).containsEntry("mesh.endpoint", "far/0");
    assertThat(Integer.parseInt(attribute(one(spans, "probe/work"), "mesh.served_us")))
        .isPositive();
  }

  private static String check(
      List<Collector.Kept> spans, String name, SpanKind kind, String node, String parent) {
    Collector.Kept span = one(spans, name);
    assertThat(span.kind()).as(name).isEqualTo(kind);
    assertThat(span.parent()).as(name).isEqualTo(parent);
    assertThat(span.attributes()).as(name).containsEntry("mesh.node", node);
    assertThat(span.resource())
        .containsAllEntriesOf(Map.of("service.name", "traced", "service.instance.id", node));
    return span.id();
  }

  private static Collector.Kept one(List<Collector.Kept> spans, String name) {
    List<Collector.Kept> found = spans.stream().filter(s -> s.name().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private static String attribute(Collector.Kept span, String key) {
    return span.attributes().getOrDefault(key, "-1");
  }

  private static JvmNodeBuilder node(
      JvmMesh mesh, Collector collector, String name, String services) {
    return mesh.node(name)
        .env("MESH_SERVICES", services)
        .jvm(
            "-Dactormesh.tracing.enabled=on",
            "-Dactormesh.tracing.endpoint=" + collector.endpoint(),
            "-Dactormesh.tracing.service-name=traced",
            "-Dactormesh.tracing.interval=100ms",
            "-Dactormesh.tracing.sample-ratio=0.0",
            "-Dactormesh.tracing.headers.X-Token=secret");
  }
}
