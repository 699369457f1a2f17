package io.actormesh.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.failure.EndpointLost;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.testkit.Mill.Command;
import io.actormesh.testkit.Mill.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

/** A call that sends a stream, when the node is lost that has it. */
@MeshTest(
    nodes = 4,
    config = "actormesh.services.mill.operations.grind { idempotent = true, max-attempts = 3 }")
class SentStreamRepeatTest {

  private static final int GRAINS = 100;
  private static final int SUM = GRAINS * (GRAINS + 1) / 2;

  /** Sacks of which something has been taken. */
  private final AtomicInteger opened = new AtomicInteger();

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place > 0) {
      node.host(Mill.CONTRACT, () -> Mill.create(place));
    }
  }

  /** Who has not been asked for anything yet can send it all to another; later nobody can. */
  @Test
  void itIsRepeatedUntilItsFirstElementIsAskedForAndThenNoMore(MeshCluster mesh) throws Exception {
    ServiceClient<Command> mill = mesh.client(Mill.CONTRACT);
    List<CompletableFuture<Integer>> sold = new ArrayList<>();
    CompletableFuture<Integer> ground =
        mill.<Integer>ask(r -> new Mill.Grind("ground", sack(), r)).toCompletableFuture();
    Given first = given("ground", 1);
    while (Mill.GIVEN.stream()
        .noneMatch(g -> g.sack().equals("sold") && g.place() == first.place())) {
      sold.add(mill.<Integer>ask(r -> new Mill.Sell("sold", sack(), r)).toCompletableFuture());
      given("sold", sold.size());
    }

    mesh.kill(mesh.node(first.place()));

    Given second = given("ground", 2);
    assertThat(second.place()).isNotEqualTo(first.place());
    assertThat(catchThrowable(() -> sold.get(sold.size() - 1).get(20, SECONDS)))
        .as("may have run, and is not idempotent")
        .hasCauseInstanceOf(EndpointLost.class);
    assertThat(opened).hasValue(0);

    second.go().complete(3);
    await().atMost(20, SECONDS).untilAtomic(opened, org.hamcrest.Matchers.is(1));
    mesh.kill(mesh.node(second.place()));

    assertThat(catchThrowable(() -> ground.get(20, SECONDS)))
        .hasCauseInstanceOf(EndpointLost.class);
    CompletableFuture<Integer> last =
        mill.<Integer>ask(r -> new Mill.Grind("last", sack(), r)).toCompletableFuture();
    given("last", 1).go().complete(0);
    assertThat(last).succeedsWithin(20, SECONDS).isEqualTo(SUM);
    assertThat(Mill.GIVEN).filteredOn(g -> g.sack().equals("ground")).hasSize(2);
    assertThat(Mill.GIVEN).filteredOn(g -> g.sack().equals("sold")).hasSameSizeAs(sold);
  }

  /** The so-manieth time that a sack has been given to somebody. */
  private static Given given(String sack, int times) {
    List<Given> all = new ArrayList<>();
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              all.clear();
              Mill.GIVEN.stream().filter(g -> g.sack().equals(sack)).forEach(all::add);
              return all.size() >= times;
            });
    return all.get(times - 1);
  }

  private Source<Integer, NotUsed> sack() {
    return Source.range(1, GRAINS)
        .map(
            grain -> {
              if (grain == 1) {
                opened.incrementAndGet();
              }
              return grain;
            });
  }
}
