package io.actormesh.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.it.Ledger.Entered;
import io.actormesh.it.Ledger.Entry;
import io.actormesh.it.Load.Sample;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import io.actormesh.testkit.jvm.JvmNode;
import io.actormesh.testkit.jvm.JvmNodeBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A service of which there is one, in five nodes: four JVMs that may run it, and the test's own
 * that calls it. The system property {@code single.profile} measures another profile.
 */
@JvmMeshTest(LedgerNode.class)
class SingleInstanceTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int OUTSTANDING = 8;
  private static final String PROFILE = System.getProperty("single.profile", "fast");
  private static final List<String> SETTINGS =
      List.of(
          "actormesh.cluster.profile=" + PROFILE,
          "actormesh.discovery.seed-timeout=1s",
          "actormesh.services.ledger.deadline=30s",
          "actormesh.drain.quiet-period=100ms");

  private final AtomicLong ids = new AtomicLong();

  @Test
  void itIsBackAfterACrashAndALeaveAndNeverRunsTwice(JvmMesh mesh) throws Exception {
    List<JvmNode> nodes = mesh.start(nodes(mesh));
    MeshNode driver = Driver.start(mesh, LedgerNode.described(Driver.NAME), "none", config());
    try {
      Load load = Load.start(OUTSTANDING, () -> enter(driver));
      String first = server(load, "");
      JvmNode crashed = node(nodes, first);
      long killed = System.nanoTime();
      crashed.kill9();
      String second = server(load, first);

      JvmNode leaving = node(nodes, second);
      long left = System.nanoTime();
      leaving.sigterm();
      String third = server(load, second);
      assertThat(leaving.awaitEnd(LIMIT)).isIn(0, 143);
      List<Sample> samples = load.stop();

      figures("kill -9", killed, second, samples);
      figures("leave", left, third, samples);
      assertThat(failed(samples, 0, left))
          .hasSizeLessThanOrEqualTo(OUTSTANDING)
          .allMatch(sample -> sample.outcome().equals("MESH-ENDPOINT-LOST"));
      assertThat(failed(samples, left, Long.MAX_VALUE)).isEmpty();
      assertThat(backAfter(killed, second, samples)).isLessThan(Duration.ofSeconds(40).toNanos());
      assertOneAtATime(nodes, samples);
    } finally {
      Driver.end(driver);
    }
  }

  private static List<JvmNodeBuilder> nodes(JvmMesh mesh) {
    String[] properties = SETTINGS.stream().map(one -> "-D" + one).toArray(String[]::new);
    List<JvmNodeBuilder> nodes = new ArrayList<>();
    for (String name : List.of("one", "two", "three", "four")) {
      nodes.add(mesh.node(name).jvm(properties).env("MESH_HTTP_PORT", ""));
    }
    return nodes;
  }

  private static Config config() {
    return ConfigFactory.parseString(String.join("\n", SETTINGS))
        .withFallback(
            ConfigFactory.parseString("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off"))
        .withFallback(ConfigFactory.load());
  }

  private CompletionStage<String> enter(MeshNode driver) {
    long id = ids.incrementAndGet();
    return driver
        .client(Ledger.CONTRACT)
        .<Entered>ask(replyTo -> new Ledger.Enter(id, replyTo))
        .thenApply(Entered::by);
  }

  /** Waits for an incarnation that is not this one. */
  private static String server(Load load, String before) {
    long since = System.nanoTime();
    await()
        .atMost(LIMIT)
        .until(() -> load.servers(since).stream().anyMatch(by -> other(by, before)));
    return load.servers(since).stream().filter(by -> other(by, before)).findFirst().orElseThrow();
  }

  private static boolean other(String by, String before) {
    return !by.isEmpty() && !by.equals(before);
  }

  private static JvmNode node(List<JvmNode> nodes, String by) {
    return nodes.stream()
        .filter(node -> by.startsWith(node.name() + "/"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Sample> failed(List<Sample> samples, long from, long to) {
    return samples.stream()
        .filter(sample -> !sample.ok())
        .filter(sample -> sample.ended() - from >= 0 && sample.ended() - to < 0)
        .toList();
  }

  private static long backAfter(long event, String by, List<Sample> samples) {
    return samples.stream()
            .filter(sample -> sample.by().equals(by))
            .mapToLong(Sample::ended)
            .min()
            .orElseThrow()
        - event;
  }

  private static void figures(String what, long event, String by, List<Sample> samples) {
    long last =
        samples.stream()
            .filter(sample -> sample.ok() && !sample.by().equals(by))
            .mapToLong(Sample::ended)
            .filter(ended -> ended - event < backAfter(event, by, samples))
            .max()
            .orElse(event);
    System.out.println(
        String.format(
            Locale.ROOT,
            "FIGURES single, profile %s, %s: answered again by another node after %.0f ms,"
                + " without a reply for %.0f ms, calls failed %d of %d",
            PROFILE,
            what,
            backAfter(event, by, samples) / 1e6,
            (backAfter(event, by, samples) + event - last) / 1e6,
            failed(samples, event, Long.MAX_VALUE).size(),
            samples.size()));
  }

  private static void assertOneAtATime(List<JvmNode> nodes, List<Sample> samples) {
    List<Entry> entries =
        nodes.stream()
            .flatMap(node -> Ledger.read(node.log()).stream())
            .sorted(Comparator.comparingLong(Entry::began))
            .toList();
    assertThat(entries).hasSizeGreaterThanOrEqualTo(samples.size() - OUTSTANDING);
    assertThat(entries).extracting(Entry::id).doesNotHaveDuplicates();
    List<String> order = entries.stream().map(Entry::by).distinct().toList();
    assertThat(order).hasSize(3);
    // Sorted by their beginnings, the executions of an incarnation lie together and none overlap.
    for (int i = 1; i < entries.size(); i++) {
      assertThat(entries.get(i).began()).isGreaterThanOrEqualTo(entries.get(i - 1).ended());
      assertThat(order.indexOf(entries.get(i).by()))
          .isGreaterThanOrEqualTo(order.indexOf(entries.get(i - 1).by()));
    }
  }
}
