package io.actormesh.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.it.Load.Sample;
import io.actormesh.it.Probe.Served;
import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import io.actormesh.testkit.jvm.JvmNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What processes suffer while they serve, worst last: each test leaves enough for the next one. */
@JvmMeshTest(ProbeNode.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProcessFaultsTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MILLIS_OF_WORK = 20;

  private static JvmNode first;
  private static JvmNode second;
  private static JvmNode third;
  private static MeshNode driver;

  @BeforeAll
  static void start(JvmMesh mesh) {
    List<JvmNode> nodes =
        Driver.start(mesh, mesh.node("first"), mesh.node("second"), mesh.node("third"));
    first = nodes.get(0);
    second = nodes.get(1);
    third = nodes.get(2);
    driver = Driver.join(mesh);
  }

  @AfterAll
  static void end() throws Exception {
    Driver.end(driver);
  }

  private static CompletionStage<String> work() {
    return driver
        .client(Probe.CONTRACT)
        .<Served>ask(r -> new Probe.Work(MILLIS_OF_WORK, r))
        .thenApply(Served::by);
  }

  private static CompletionStage<String> look() {
    return driver
        .client(Probe.CONTRACT)
        .<Served>ask(r -> new Probe.Look(MILLIS_OF_WORK, r))
        .thenApply(Served::by);
  }

  /** An actor that calls another one; what failed inside comes back as a failure. */
  private static CompletionStage<String> relayed() {
    ServiceClient<Relay.Command> relay = driver.client(Relay.CONTRACT);
    return relay
        .<Relay.Passed>ask(r -> new Relay.Pass(MILLIS_OF_WORK, r))
        .thenApply(
            passed -> {
              if (!passed.failure().isEmpty()) {
                throw new IllegalStateException(passed.failure());
              }
              return passed.by();
            });
  }

  private static void awaitServers(Load load, Predicate<List<String>> servers) {
    long since = System.nanoTime();
    await().atMost(LIMIT).until(() -> servers.test(load.servers(since)));
  }

  private static List<Sample> failed(List<Sample> samples) {
    return samples.stream().filter(sample -> !sample.ok()).toList();
  }

  private static void figures(String format, Object... values) {
    System.out.println("FIGURES " + String.format(Locale.ROOT, format, values));
  }

  @Test
  @Order(1)
  void aSilentNodeGetsNoNewCallsAndComesBack() throws Exception {
    Load load = Load.start(16, ProcessFaultsTest::work);
    awaitServers(load, servers -> servers.size() == 3);

    long stopped = System.nanoTime();
    third.sigstop();
    Load.pause(Duration.ofMillis(3_500));
    third.sigcont();
    awaitServers(load, servers -> servers.contains("third"));
    List<Sample> samples = load.stop();

    List<Sample> lost = failed(samples);
    assertThat(lost).isNotEmpty().allMatch(sample -> sample.outcome().equals("MESH-ENDPOINT-LOST"));
    double slowest = Load.percentile(lost, 1, sample -> sample.ended() - stopped);
    double last = Load.percentile(lost, 1, sample -> sample.begun() - stopped);
    figures(
        "SIGSTOP: %d calls in flight failed, the last one %.0f ms after the signal;"
            + " the last call to the silent node began %.0f ms after it; %d calls in all",
        lost.size(), slowest, last, samples.size());
    assertThat(slowest).isLessThan(3_000);
    assertThat(last).isLessThan(2_000);
  }

  @Test
  @Order(2)
  void aDrainUnderLoadLosesNothing() throws Exception {
    Load calls = Load.start(16, ProcessFaultsTest::relayed);
    KeepAliveLoad http =
        KeepAliveLoad.start(
            IntStream.range(0, 6).mapToObj(i -> i % 2 == 0 ? third : first).toList(), second);
    awaitServers(calls, servers -> servers.size() == 3);
    await().atMost(LIMIT).until(() -> http.count() > 100);

    long signalled = System.nanoTime();
    third.sigterm();
    int exit = third.awaitEnd(LIMIT);
    double millis = (System.nanoTime() - signalled) / 1e6;
    int before = calls.count();
    await().atMost(LIMIT).until(() -> calls.count() > before + 100);

    List<Sample> samples = calls.stop();
    int requests = http.stop();
    figures(
        "drain by SIGTERM: %d actor calls and %d HTTP requests, failed %d and %d;"
            + " ended after %.0f ms with exit code %d",
        samples.size(), requests, failed(samples).size(), http.failures().size(), millis, exit);
    assertThat(failed(samples)).isEmpty();
    assertThat(http.failures()).isEmpty();
    assertThat(third.log()).contains("has drained");
    // The JVM says that it was told to end, or that all went well.
    assertThat(exit).isIn(0, 143);
  }

  @Test
  @Order(3)
  void aKilledNodeFailsItsCallsAtOnceAndNoOthers() throws Exception {
    Load once = Load.start(16, ProcessFaultsTest::work);
    Load often = Load.start(16, ProcessFaultsTest::look);
    awaitServers(once, servers -> servers.size() == 2);
    awaitServers(often, servers -> servers.size() == 2);

    long killed = System.nanoTime();
    second.kill9();
    Load.pause(Duration.ofMillis(2_500));
    awaitServers(once, servers -> servers.equals(List.of("first")));
    List<Sample> samples = once.stop();
    List<Sample> repeated = often.stop();

    List<Sample> lost = failed(samples);
    double median = Load.percentile(lost, 0.5, sample -> sample.ended() - killed);
    double p99 = Load.percentile(lost, 0.99, sample -> sample.ended() - killed);
    double last = Load.percentile(lost, 1, sample -> sample.begun() - killed);
    double gap = longestGap(samples);
    figures(
        "kill -9: %d of %d calls failed, p50 %.0f ms and p99 %.0f ms after the kill, the last to"
            + " fail began %.0f ms after it; of %d idempotent calls %d failed; longest gap without"
            + " a reply %.0f ms",
        lost.size(),
        samples.size(),
        median,
        p99,
        last,
        repeated.size(),
        failed(repeated).size(),
        gap);
    assertThat(lost).isNotEmpty().allMatch(sample -> sample.outcome().equals("MESH-ENDPOINT-LOST"));
    assertThat(failed(repeated)).isEmpty();
    assertThat(p99).isLessThan(1_000);
    assertThat(last).isLessThan(2_000);
  }

  /** The longest time in which no call succeeded, in milliseconds. */
  private static double longestGap(List<Sample> samples) {
    long[] ends = samples.stream().filter(Sample::ok).mapToLong(Sample::ended).sorted().toArray();
    return IntStream.range(1, ends.length).mapToLong(i -> ends[i] - ends[i - 1]).max().orElse(0)
        / 1e6;
  }
}
