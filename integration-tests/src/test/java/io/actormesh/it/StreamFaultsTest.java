package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.actormesh.it.Numbers.Counted;
import io.actormesh.it.Numbers.Weight;
import io.actormesh.runtime.failure.Draining;
import io.actormesh.runtime.failure.EndpointLost;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import io.actormesh.testkit.jvm.JvmNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What happens to a stream between two JVMs when its reader stops, and when its producer goes. */
@JvmMeshTest(ProbeNode.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StreamFaultsTest {

  private static final long LAST = 100_000;
  private static final int STOPS_AT = 10_000;
  private static final int PADDING = 1_000;
  private static final long MIB = 1024 * 1024;

  /** What a stream may have under way: a link's window on either side, and what is read ahead. */
  private static final long UNDER_WAY = 2_000;

  private static List<JvmNode> nodes;
  private static MeshNode driver;
  private static ActorTestKit kit;

  @BeforeAll
  static void start(JvmMesh mesh) {
    nodes = Driver.start(mesh, mesh.node("first"), mesh.node("second"));
    driver = Driver.join(mesh);
    kit = ActorTestKit.create();
  }

  @AfterAll
  static void end() throws Exception {
    kit.shutdownTestKit();
    Driver.end(driver);
  }

  @Test
  @Order(1)
  void aStoppedReaderLosesNothingAndAStreamOfANodeThatIsToldToGoEndsTyped() throws Exception {
    CompletionStage<Done> endOfSecond = quietFrom("second");
    Weight before = weigh("first");
    long heapBefore = Numbers.heapBytes();
    CompletableFuture<Done> stopped = new CompletableFuture<>();
    CompletableFuture<Done> goOn = new CompletableFuture<>();
    CompletionStage<Long> last = readFrom("first", stopped, goOn);
    stopped.get(20, SECONDS);

    nodes.get(1).sigterm();
    await()
        .during(Duration.ofSeconds(10))
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> weigh("first").made() - before.made() <= STOPS_AT + UNDER_WAY);

    assertThat(weigh("first").heapBytes() - before.heapBytes()).isLessThan(16 * MIB);
    assertThat(Numbers.heapBytes() - heapBefore).isLessThan(16 * MIB);
    goOn.complete(Done.done());
    assertThat(last).succeedsWithin(20, SECONDS).isEqualTo(LAST);
    assertThat(weigh("first").made() - before.made()).isEqualTo(LAST);
    assertThat(failure(endOfSecond, Duration.ofSeconds(40))).isInstanceOf(Draining.class);
    assertThat(numbers(1, 1, false).runWith(Sink.head(), kit.system()))
        .succeedsWithin(20, SECONDS)
        .extracting(Counted::by)
        .isEqualTo("first");
    nodes.get(1).awaitEnd(Duration.ofSeconds(40));
  }

  @Test
  @Order(2)
  void aStreamOfAKilledNodeEndsTypedAtOnce() throws Exception {
    CompletionStage<Done> end = quietFrom("first");

    nodes.get(0).kill9();

    MeshFailure failure = failure(end, Duration.ofSeconds(5));
    assertThat(failure).isInstanceOf(EndpointLost.class);
    assertThat(failure.code()).isEqualTo(FailureCode.ENDPOINT_LOST);
    assertThat(failure.started()).isEqualTo(Started.YES);
  }

  /** Reads a stream of that node in its order, with a stop on the way. */
  private static CompletionStage<Long> readFrom(
      String node, CompletableFuture<Done> stopped, CompletableFuture<Done> goOn) throws Exception {
    for (int i = 0; i < 200; i++) {
      CompletableFuture<String> by = new CompletableFuture<>();
      CompletionStage<Long> last =
          numbers(LAST, PADDING, false)
              .takeWhile(number -> !by.complete(number.by()) || number.by().equals(node))
              .mapAsync(1, number -> pass(number, stopped, goOn))
              .runFold(0L, StreamFaultsTest::next, kit.system());
      if (by.get(20, SECONDS).equals(node)) {
        return last;
      }
    }
    throw new AssertionError("200 streams, and none from " + node);
  }

  private static CompletionStage<Counted> pass(
      Counted number, CompletableFuture<Done> stopped, CompletableFuture<Done> goOn) {
    if (number.value() < STOPS_AT) {
      return CompletableFuture.completedFuture(number);
    }
    stopped.complete(Done.done());
    return goOn.thenApply(done -> number);
  }

  private static long next(long last, Counted number) {
    assertThat(number.value()).isEqualTo(last + 1);
    return number.value();
  }

  private static Source<Counted, NotUsed> numbers(long last, int padding, boolean forEver)
      throws Exception {
    return driver
        .client(Numbers.CONTRACT)
        .<Source<Counted, NotUsed>>ask(r -> new Numbers.Count(last, padding, forEver, r))
        .get(20, SECONDS);
  }

  /** A stream of that node that has begun and does not end by itself. */
  private static CompletionStage<Done> quietFrom(String node) throws Exception {
    for (int i = 0; i < 200; i++) {
      CompletableFuture<Counted> first = new CompletableFuture<>();
      CompletionStage<Done> end =
          numbers(1, 1, true)
              .takeWhile(number -> first.complete(number) && number.by().equals(node))
              .runWith(Sink.ignore(), kit.system());
      if (first.get(20, SECONDS).by().equals(node)) {
        return end;
      }
    }
    throw new AssertionError("200 streams, and none from " + node);
  }

  private static Weight weigh(String node) throws Exception {
    for (int i = 0; i < 200; i++) {
      Weight weight =
          driver.client(Numbers.CONTRACT).<Weight>ask(Numbers.Weigh::new).get(20, SECONDS);
      if (weight.of().equals(node)) {
        return weight;
      }
    }
    throw new AssertionError("200 weights, and none of " + node);
  }

  private static MeshFailure failure(CompletionStage<?> end, Duration limit) {
    Throwable thrown =
        catchThrowable(() -> end.toCompletableFuture().get(limit.toSeconds(), SECONDS));
    assertThat(thrown).hasCauseInstanceOf(MeshFailure.class);
    return (MeshFailure) java.util.Objects.requireNonNull(thrown.getCause());
  }
}
