package io.actormesh.testkit;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.failure.Draining;
import io.actormesh.runtime.failure.EndpointLost;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Rejected;
import io.actormesh.runtime.failure.ServiceFailed;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.testkit.Feed.Command;
import io.actormesh.testkit.Feed.Item;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node 0 serves; the same is seen from there (within the node) and from node 1 (over a link). */
@MeshTest(nodes = 2, config = "actormesh.drain { quiet-period = 0 s, stream-patience = 500 ms }")
class StreamsTest {

  private static ActorTestKit kit;
  private static Materializer reader;

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place == 0) {
      node.host(Feed.CONTRACT, Feed::create);
    }
  }

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
    reader = Materializer.matFromSystem(kit.system());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aReplyIsAStream(int from, MeshCluster mesh) throws Exception {
    List<Item> items =
        mesh.node(from)
            .client(Feed.CONTRACT)
            .<Source<Item, NotUsed>>ask(r -> new Feed.Count(5_000, r))
            .thenCompose(source -> source.runWith(Sink.seq(), reader))
            .get(20, SECONDS);

    assertThat(items).hasSize(5_000).last().isEqualTo(new Item(5_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anErrorCanComeInTheStreamsPlace(int from, MeshCluster mesh) throws Exception {
    ServiceClient<Command> feed = mesh.node(from).client(Feed.CONTRACT);

    assertThatThrownBy(
            () ->
                feed.<Source<Item, NotUsed>>askWithStatus(r -> new Feed.Watch("", r))
                    .get(20, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("which topic?");
    Source<Item, NotUsed> numbers =
        feed.<Source<Item, NotUsed>>askWithStatus(r -> new Feed.Watch("all", r)).get(20, SECONDS);
    assertThat(numbers.runWith(Sink.head(), reader))
        .succeedsWithin(20, SECONDS)
        .isEqualTo(new Item(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anArgumentIsAStream(int from, MeshCluster mesh) throws Exception {
    Source<Item, NotUsed> items = Source.range(1, 5_000).map(Item::new);

    Long sum =
        mesh.node(from)
            .client(Feed.CONTRACT)
            .<Long>askWithStatus(r -> new Feed.Sum(items, r))
            .get(20, SECONDS);

    assertThat(sum).isEqualTo(5_000L * 5_001 / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatGoesInComesBackAsItGoes(int from, MeshCluster mesh) throws Exception {
    Source<Item, NotUsed> items = Source.range(1, 2_000).map(Item::new).concat(Source.never());
    Source<Item, NotUsed> echoed =
        mesh.node(from)
            .client(Feed.CONTRACT)
            .<Source<Item, NotUsed>>ask(r -> new Feed.Echo(items, r))
            .get(20, SECONDS);

    assertThat(echoed.take(2_000).runWith(Sink.seq(), reader))
        .succeedsWithin(20, SECONDS)
        .satisfies(all -> assertThat(all).hasSize(2_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aSlowReaderBoundsWhatTheProducerIsAskedFor(int from, MeshCluster mesh) throws Exception {
    long before = Feed.MADE.get();
    int endedBefore = Feed.ENDED.get();
    SinkQueueWithCancel<Item> items =
        mesh.node(from)
            .client(Feed.CONTRACT)
            .<Source<Item, NotUsed>>askWithStatus(r -> new Feed.Watch("slow", r))
            .get(20, SECONDS)
            .toMat(Sink.queue(1), Keep.right())
            .withAttributes(Attributes.inputBuffer(1, 1))
            .run(reader);

    assertThat(items.pull()).succeedsWithin(20, SECONDS);
    await()
        .during(500, TimeUnit.MILLISECONDS)
        .atMost(20, SECONDS)
        .until(() -> Feed.MADE.get() - before <= 1_000);
    for (long i = 2; i <= 3_000; i++) {
      assertThat(items.pull().toCompletableFuture().get(20, SECONDS)).contains(new Item(i));
    }
    items.cancel();
    await().atMost(20, SECONDS).until(() -> Feed.ENDED.get() > endedBefore);
    assertThat(Feed.MADE.get() - before).isBetween(3_000L, 4_000L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aFailureOfTheProducerIsTypedAndComesAfterWhatWasSent(int from, MeshCluster mesh)
      throws Exception {
    AtomicInteger seen = new AtomicInteger();
    CompletionStage<Done> end =
        mesh.node(from)
            .client(Feed.CONTRACT)
            .<Source<Item, NotUsed>>ask(r -> new Feed.Break(10, r))
            .get(20, SECONDS)
            .runForeach(item -> seen.incrementAndGet(), reader);

    ServiceFailed failure = failureOf(end, ServiceFailed.class);

    assertThat(seen).hasValue(10);
    assertThat(failure.code()).isEqualTo(FailureCode.SERVICE_FAILED);
    assertThat(failure.started()).isEqualTo(Started.YES);
    assertThat(failure.service()).isEqualTo("feed");
    assertThat(failure.operation()).isEqualTo("break");
    assertThat(failure.attempts()).hasSize(1);
    assertThat(failure).hasMessageContaining("the well is dry");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aFailureOfTheCallersStreamReachesTheService(int from, MeshCluster mesh) {
    Source<Item, NotUsed> broken =
        Source.range(1, 3)
            .map(
                number -> {
                  if (number == 3) {
                    throw new IllegalStateException("no more paper");
                  }
                  return new Item(number);
                });

    assertThat(
            mesh.node(from).client(Feed.CONTRACT).<Long>askWithStatus(r -> new Feed.Sum(broken, r)))
        .failsWithin(20, SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(Rejected.class)
        .withMessageContaining("MESH-ARGUMENT-FAILED")
        .withMessageContaining("no more paper");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aStreamIsReadOnce(int from, MeshCluster mesh) throws Exception {
    Source<Item, NotUsed> items =
        mesh.node(from)
            .client(Feed.CONTRACT)
            .<Source<Item, NotUsed>>ask(r -> new Feed.Count(3, r))
            .get(20, SECONDS);

    assertThat(items.runWith(Sink.seq(), reader)).succeedsWithin(20, SECONDS);
    assertThat(items.runWith(Sink.seq(), reader))
        .failsWithin(20, SECONDS)
        .withThrowableThat()
        .withMessageContaining("can be run once");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anArgumentThatTheServiceNeverReadsIsNeverRun(int from, MeshCluster mesh) throws Exception {
    AtomicLong made = new AtomicLong();
    Source<Item, NotUsed> items = Source.range(1, 9).map(each -> new Item(made.incrementAndGet()));

    String answer =
        mesh.node(from)
            .client(Feed.CONTRACT)
            .<String>ask(r -> new Feed.Ignore(items, r))
            .get(20, SECONDS);

    assertThat(answer).isEqualTo("no, thank you");
    assertThat(made).hasValue(0);
  }

  @Test
  void aStreamEndsTypedWhenItsNodeIsLost(MeshCluster mesh) throws Exception {
    CompletionStage<Done> end = quiet(mesh.node(1));

    mesh.kill(mesh.node(0));

    EndpointLost lost = failureOf(end, EndpointLost.class);
    assertThat(lost.started()).isEqualTo(Started.YES);
    assertThat(lost.attempts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aDrainingNodeEndsItsStreamsTyped(int from, MeshCluster mesh) throws Exception {
    CompletionStage<Done> end = quiet(mesh.node(from));

    mesh.drain(mesh.node(0));

    assertThat(failureOf(end, Draining.class).started()).isEqualTo(Started.YES);
  }

  private static CompletionStage<Done> quiet(MeshNode node) throws Exception {
    AtomicInteger seen = new AtomicInteger();
    CompletionStage<Done> end =
        node.client(Feed.CONTRACT)
            .<Source<Item, NotUsed>>ask(Feed.Quiet::new)
            .get(20, SECONDS)
            .runForeach(item -> seen.incrementAndGet(), reader);
    await().atMost(20, SECONDS).until(() -> seen.get() == 1);
    return end;
  }

  private static <F extends MeshFailure> F failureOf(CompletionStage<?> end, Class<F> type) {
    Throwable thrown = catchThrowable(() -> end.toCompletableFuture().get(30, SECONDS));
    assertThat(thrown).isInstanceOf(ExecutionException.class).cause().isInstanceOf(type);
    return type.cast(requireNonNull(thrown.getCause()));
  }
}
