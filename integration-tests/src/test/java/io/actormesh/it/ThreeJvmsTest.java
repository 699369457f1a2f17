package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.it.Probe.Echoed;
import io.actormesh.it.Probe.Served;
import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import io.actormesh.testkit.jvm.JvmNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three JVMs, of which one has the front door and two the service, and a caller in this one. */
@JvmMeshTest(ProbeNode.class)
class ThreeJvmsTest {

  private static List<JvmNode> nodes = List.of();
  private static MeshNode driver;

  @BeforeAll
  static void start(JvmMesh mesh) {
    nodes =
        Driver.start(
            mesh,
            mesh.node("door").env("MESH_SERVICES", "relay"),
            mesh.node("left").env("MESH_SERVICES", "probe"),
            mesh.node("right").env("MESH_SERVICES", "probe"));
    driver = Driver.join(mesh);
  }

  @AfterAll
  static void end() throws Exception {
    Driver.end(driver);
  }

  private static URI door(String path) {
    return nodes.get(0).uri(path);
  }

  private static ServiceClient<Probe.Command> probe() {
    return driver.client(Probe.CONTRACT);
  }

  @Test
  void anHttpRequestAtOneNodeIsServedByTheOthers() throws IOException {
    String text = "Grüße, \\\"Ann\\\" \\u2028 – 漢字";
    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      Http.Answer answer =
          Http.post(
              door("/probe/echo"),
              "{\"text\":\"" + text + "\",\"number\":-7,\"tags\":[\"a\",\"\"]}");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("content-type", "application/json");
      answers.add(answer.body().replace("\u2028", "\\u2028"));
    }
    assertThat(answers)
        .containsExactlyInAnyOrder(
            "{\"text\":\"" + text + "\",\"number\":-7,\"tags\":[\"a\",\"\"],\"servedBy\":\"left\"}",
            "{\"text\":\""
                + text
                + "\",\"number\":-7,\"tags\":[\"a\",\"\"],\"servedBy\":\"right\"}");
  }

  @Test
  void anActorsOwnCallsGoOnToOtherNodes() throws IOException {
    Http.Answer answer = Http.post(door("/relay/pass"), "{\"millis\":1}");
    assertThat(answer.body()).matches("\\{\"by\":\"(left|right)\",\"failure\":\"\"}");
  }

  @Test
  void whatIsCountedIsWhatHappened() throws Exception {
    List<URI> pages =
        Stream.concat(
                nodes.stream().map(node -> node.adminUri("/metrics")),
                Stream.of(URI.create("http://127.0.0.1:" + driver.adminPort() + "/metrics")))
            .toList();
    URI graph = nodes.get(2).adminUri("/mesh/v1/graph");
    URI page = nodes.get(1).adminUri("/mesh/v1/services/probe");
    Map<String, Long> exported = Figures.exported(pages, "probe");
    Map<String, Long> drawn = Figures.graph(graph, "probe");
    Map<String, Long> listed = Figures.page(page);
    // The three agree with each other at any time of rest, and with us on what we add.
    assertThat(drawn).isEqualTo(exported);
    assertThat(listed).isEqualTo(Figures.anyCaller(exported));

    Map<String, Long> own = new ConcurrentHashMap<>(callByHttp());
    callAsActor().forEach((key, count) -> own.merge(key, count, Long::sum));

    Map<String, Long> expected = new TreeMap<>(exported);
    own.forEach((key, count) -> expected.merge(key, count, Long::sum));
    // A call is counted just after its future has completed.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(Figures.exported(pages, "probe")).isEqualTo(expected));
    assertThat(Figures.graph(graph, "probe")).isEqualTo(expected);
    assertThat(Figures.page(page)).isEqualTo(Figures.anyCaller(expected));
    System.out.println("FIGURES counted alike by test, /metrics, graph and service page: " + own);
  }

  /** Counts by what HTTP says, of callers at the front door. */
  private static Map<String, Long> callByHttp() throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    try (Http connection = new Http(door("/"))) {
      for (int i = 0; i < 150; i++) {
        Http.Answer answer = connection.post("/probe/check", "{\"number\":" + i + "}");
        String outcome =
            switch (answer.status()) {
              case 200 -> Load.OK;
              case 422 -> "MESH-REJECTED";
              default -> throw new AssertionError(answer);
            };
        counts.merge(Figures.key("ingress@door", "check", outcome), 1L, Long::sum);
        // Not a call: the front door itself refuses it.
        assertThat(connection.post("/probe/check", "{\"nomber\":1}").status()).isEqualTo(400);
      }
    }
    return counts;
  }

  /** Counts by what futures say, of the test's own node. */
  private static Map<String, Long> callAsActor() throws Exception {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    ServiceClient<Probe.Command> hasty = probe().withDeadline(Duration.ofMillis(200));
    for (int i = 0; i < 150; i++) {
      int number = i;
      all.add(
          counted(
              counts, "echo", probe().<Echoed>ask(r -> new Probe.Echo("x", number, List.of(), r))));
      all.add(
          counted(counts, "check", probe().<Served>askWithStatus(r -> new Probe.Check(number, r))));
      if (i % 10 == 0) {
        all.add(counted(counts, "work", hasty.<Served>ask(r -> new Probe.Work(600, r))));
      }
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, SECONDS);
    assertThat(counts).containsEntry(Figures.key(Driver.NAME, "work", "MESH-DEADLINE"), 15L);
    return counts;
  }

  private static CompletableFuture<?> counted(
      Map<String, Long> counts, String operation, CompletableFuture<?> call) {
    return call.handle(
        (reply, failure) ->
            counts.merge(
                Figures.key(
                    Driver.NAME, operation, failure == null ? Load.OK : Relay.code(failure)),
                1L,
                Long::sum));
  }

  @Test
  void futuresCompleteOnTheMeshsThreadsAndBlockedCallbacksStopNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    try {
      // More than there are processors, so that a pool of that size would be all blocked.
      int blocked = 2 * Runtime.getRuntime().availableProcessors() + 1;
      CountDownLatch reached = new CountDownLatch(blocked);
      for (int i = 0; i < blocked; i++) {
        var unused = echo().thenAccept(echoed -> hold(reached, release));
      }
      assertThat(reached.await(20, SECONDS)).isTrue();

      List<CompletableFuture<?>> others = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        others.add(
            echo()
                .thenApply(Echoed::servedBy)
                .thenAccept(by -> threads.add(Thread.currentThread().getName())));
        others.add(echo().thenAcceptAsync(by -> threads.add(Thread.currentThread().getName())));
      }
      CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get(20, SECONDS);
    } finally {
      release.countDown();
    }
    // A future that has completed before the callback is attached runs it on the thread at hand.
    threads.remove(Thread.currentThread().getName());
    assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith(Driver.NAME + "-callback"));
  }

  @Test
  void callbacksMayWaitForOtherCalls() throws Exception {
    List<CompletableFuture<String>> nested = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      nested.add(echo().thenApply(first -> echo().join().servedBy()));
    }
    CompletableFuture.allOf(nested.toArray(CompletableFuture[]::new)).get(20, SECONDS);
    assertThat(nested).allMatch(call -> !call.join().isEmpty());
  }

  private static CompletableFuture<Echoed> echo() {
    return probe().<Echoed>ask(r -> new Probe.Echo("", 0, List.of(), r));
  }

  /**
   * Blocks a callback; one that runs on the test's own thread, as its call was quick, is let go.
   */
  private static void hold(CountDownLatch reached, CountDownLatch release) {
    reached.countDown();
    if (!Thread.currentThread().getName().startsWith(Driver.NAME)) {
      return;
    }
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
