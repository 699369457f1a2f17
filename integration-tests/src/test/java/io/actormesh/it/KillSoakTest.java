package io.actormesh.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.it.Load.Sample;
import io.actormesh.it.Probe.Served;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.ServiceEndpoint;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import io.actormesh.testkit.jvm.JvmNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How soon callers do without a node that was killed, over and over. */
@Tag("soak")
@JvmMeshTest(value = ProbeNode.class, seeds = 1)
class KillSoakTest {

  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

  private final List<Double> outOfRotation = new ArrayList<>();
  private final List<Double> servedElsewhere = new ArrayList<>();
  private final List<Double> unreachable = new ArrayList<>();
  private final List<Double> removed = new ArrayList<>();

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void everyCallerDoesWithoutAKilledNodeWithinASecond(JvmMesh mesh) throws Exception {
    List<JvmNode> running =
        Driver.start(mesh, mesh.node("node-0"), mesh.node("node-1"), mesh.node("node-2"));
    Config fast = ConfigFactory.load("it");
    List<MeshNode> callers = new ArrayList<>();
    int calls = 0;
    long failed = 0;
    for (int i = 0; i < 2; i++) {
      callers.add(Driver.start(mesh, ProbeNode.described("caller-" + i), "none", fast));
    }
    JvmNode victim = running.get(2);
    for (int kill = 0; kill < KILLS; kill++) {
      String name = victim.name();
      until(callers, System.nanoTime(), name, KillSoakTest::taken);
      List<Load> loads = callers.stream().map(KillSoakTest::load).toList();
      Load.pause(Duration.ofSeconds(1));

      long killed = System.nanoTime();
      victim.kill9();
      outOfRotation.addAll(until(callers, killed, name, endpoint -> !taken(endpoint)));
      unreachable.addAll(
          until(
              callers,
              killed,
              name,
              endpoint -> endpoint.filter(e -> !e.exclusion().equals("unreachable")).isEmpty()));
      removed.addAll(until(callers, killed, name, Optional::isEmpty));
      for (Load load : loads) {
        List<Sample> samples = load.stop();
        calls += samples.size();
        failed += samples.stream().filter(sample -> !sample.ok()).count();
        servedElsewhere.add(
            samples.stream()
                        .filter(sample -> sample.begun() > killed && sample.ok())
                        .mapToLong(Sample::ended)
                        .min()
                        .orElseThrow()
                    / 1e6
                - killed / 1e6);
      }
      victim = Driver.start(mesh, mesh.node("node-" + (3 + kill))).get(0);
    }
    for (MeshNode caller : callers) {
      Driver.end(caller);
    }
    figures("out of rotation", outOfRotation);
    figures("a call that began after it was served elsewhere", servedElsewhere);
    figures("unreachable or gone", unreachable);
    figures("removed", removed);
    System.out.printf(Locale.ROOT, "FIGURES kill -9: %d of %d calls failed%n", failed, calls);
    assertThat(percentile(outOfRotation, 0.99)).isLessThan(1_000);
  }

  private static Load load(MeshNode caller) {
    return Load.start(
        4,
        () ->
            caller
                .client(Probe.CONTRACT)
                .<Served>ask(r -> new Probe.Work(10, r))
                .thenApply(Served::by));
  }

  /** The milliseconds since a moment when each caller sees the node's endpoint so. */
  private static List<Double> until(
      List<MeshNode> callers, long since, String node, Predicate<Optional<ServiceEndpoint>> seen)
      throws InterruptedException {
    Double[] millis = new Double[callers.size()];
    while (Arrays.asList(millis).contains(null)) {
      assertThat(System.nanoTime() - since).as("nanoseconds waited for " + node).isLessThan(LIMIT);
      for (int i = 0; i < millis.length; i++) {
        if (millis[i] == null && seen.test(endpoint(callers.get(i), node))) {
          millis[i] = (System.nanoTime() - since) / 1e6;
        }
      }
      Load.pause(Duration.ofMillis(2));
    }
    return List.of(millis);
  }

  private static boolean taken(Optional<ServiceEndpoint> endpoint) {
    return endpoint.filter(ServiceEndpoint::selectable).isPresent();
  }

  private static Optional<ServiceEndpoint> endpoint(MeshNode caller, String node) {
    return caller.services().lookup("probe").stream()
        .filter(endpoint -> endpoint.endpoint().startsWith(node + "/"))
        .findFirst();
  }

  private static void figures(String what, List<Double> millis) {
    System.out.printf(
        Locale.ROOT,
        "FIGURES kill -9, %d kills, %s: p50 %.0f ms, p99 %.0f ms%n",
        KILLS,
        what,
        percentile(millis, 0.5),
        percentile(millis, 0.99));
  }

  private static double percentile(List<Double> millis, double share) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
