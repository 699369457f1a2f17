package io.actormesh.testkit;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.client.MeshFuture;
import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.failure.CallCancelled;
import io.actormesh.runtime.failure.Draining;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Overloaded;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.testkit.Faucet.Command;
import io.actormesh.testkit.Faucet.Drop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Limits, times and lives of streams. Node 0 serves; the same is seen from there (within the node)
 * and from node 1 (over a link).
 */
@MeshTest(
    nodes = 2,
    config =
        """
        actormesh {
          drain { quiet-period = 0 s, stream-patience = 500 ms }
          link.stream.subscribe-timeout = 500 ms
          services.faucet {
            throttle.instance-streams = 3
            restart { min-backoff = 10 ms, max-backoff = 50 ms }
          }
        }
        """)
class StreamLimitsTest {

  private static ActorTestKit kit;
  private static Materializer reader;

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place == 0) {
      node.host(Faucet.CONTRACT, Faucet::create);
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

  @BeforeEach
  void nothingIsOpen(MeshCluster mesh) {
    Faucet.shutAll();
    await().atMost(20, SECONDS).until(() -> open(mesh) == 0);
    Faucet.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anInstanceWithAsManyStreamsAsItMayHaveRefusesOneMore(int from, MeshCluster mesh)
      throws Exception {
    ServiceClient<Command> faucet = mesh.node(from).client(Faucet.CONTRACT);
    List<CompletionStage<Done>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(flow(faucet));
    }

    Overloaded refused = failureOf(faucet.ask(Faucet.Flow::new), Overloaded.class);

    assertThat(refused.code()).isEqualTo(FailureCode.TOO_MANY_STREAMS);
    assertThat(refused.started()).isEqualTo(Started.NO);
    assertThat(faucet.<String>ask(Faucet.Name::new)).succeedsWithin(20, SECONDS);
    String shown = get(mesh.node(1), "/mesh/v1/services/faucet");
    assertThat(shown).contains("\"streamsOpen\" : 3");
    Faucet.shutAll();
    for (CompletionStage<Done> each : running) {
      assertThat(each.toCompletableFuture()).succeedsWithin(20, SECONDS);
    }
    await().atMost(20, SECONDS).until(() -> open(mesh) == 0);
    assertThat(get(mesh.node(1), "/mesh/v1/services/faucet")).contains("\"streamsOpen\" : 0");
    assertThat(faucet.<Source<Drop, NotUsed>>ask(Faucet.Flow::new)).succeedsWithin(20, SECONDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aReplyThatNobodyReadsIsGivenUpInTime(int from, MeshCluster mesh) throws Exception {
    Source<Drop, NotUsed> unread =
        mesh.node(from)
            .client(Faucet.CONTRACT)
            .<Source<Drop, NotUsed>>ask(Faucet.Flow::new)
            .get(20, SECONDS);

    await().atMost(20, SECONDS).until(() -> Faucet.RUN.get() == 1 && Faucet.ENDED.get() == 1);

    await().atMost(20, SECONDS).until(() -> open(mesh) == 0);
    CallCancelled failure = failureOf(unread.runWith(Sink.ignore(), reader), CallCancelled.class);
    assertThat(failure.code()).isEqualTo(FailureCode.STREAM_UNREAD);
    assertThat(Faucet.RUN).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anArgumentThatIsNotReadInTimeAfterTheReplyIsGivenUp(int from, MeshCluster mesh)
      throws Exception {
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    ServiceClient<Command> faucet = mesh.node(from).client(Faucet.CONTRACT);

    faucet
        .<String>ask(r -> new Faucet.Keep(Faucet.counted(Source.never(), runs, ends), r))
        .get(20, SECONDS);

    await().atMost(20, SECONDS).until(() -> open(mesh) == 0 && ends.get() == 1);
    String late = faucet.<String>ask(Faucet.Late::new).get(20, SECONDS);
    assertThat(late).contains("MESH-STREAM-UNREAD");
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aReaderThatWantsNothingEndsTheProducerAtOnce(int from, MeshCluster mesh) throws Exception {
    Source<Drop, NotUsed> unwanted =
        mesh.node(from)
            .client(Faucet.CONTRACT)
            .<Source<Drop, NotUsed>>ask(Faucet.Flow::new)
            .get(20, SECONDS);

    unwanted.runWith(Sink.cancelled(), reader);

    await().atMost(20, SECONDS).until(() -> Faucet.ENDED.get() == 1 && open(mesh) == 0);
    assertThat(figure(mesh.node(from), "mesh_call_streams_open")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aFutureThatIsCancelledAsItsStreamComesLeavesNothingBehind(int from, MeshCluster mesh) {
    ServiceClient<Command> faucet = mesh.node(from).client(Faucet.CONTRACT);
    int asked = 0;
    for (int i = 0; i < 300; i++) {
      MeshFuture<Source<Drop, NotUsed>> future = faucet.ask(Faucet.Flow::new);
      asked++;
      // Anywhere between the call and a while after its reply.
      for (int spin = 0; spin < i * 200 && !future.isDone(); spin++) {
        Thread.onSpinWait();
      }
      if (!future.cancel(true)) {
        var unused =
            catchThrowable(
                () -> future.thenApply(source -> source.runWith(Sink.cancelled(), reader)).join());
      }
    }

    await().atMost(20, SECONDS).until(() -> open(mesh) == 0);
    await().atMost(20, SECONDS).until(() -> Faucet.RUN.get() == Faucet.ENDED.get());
    assertThat(Faucet.RUN.get()).isLessThanOrEqualTo(asked);
    assertThat(Faucet.RUN.get()).isEqualTo(Faucet.REPLIED.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aStreamOutlivesTheInstanceThatRepliedIt(int from, MeshCluster mesh) throws Exception {
    ServiceClient<Command> faucet = mesh.node(from).client(Faucet.CONTRACT);
    CompletionStage<Done> independent = flow(faucet);

    assertThat(catchThrowable(() -> faucet.<String>ask(Faucet.Fail::new).get(20, SECONDS)))
        .hasMessageContaining("MESH-SERVICE-FAILED");

    await()
        .atMost(20, SECONDS)
        .ignoreExceptions()
        .until(() -> faucet.<String>ask(Faucet.Name::new).get(20, SECONDS) != null);
    assertThat(independent.toCompletableFuture()).isNotDone();
    assertThat(figure(mesh.node(0), "mesh_instance_streams_open")).isEqualTo(1);
    Faucet.shutAll();
    assertThat(independent.toCompletableFuture()).succeedsWithin(20, SECONDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aStreamThatItsActorFeedsEndsWithTheActor(int from, MeshCluster mesh) throws Exception {
    ServiceClient<Command> faucet = mesh.node(from).client(Faucet.CONTRACT);
    AtomicInteger seen = new AtomicInteger();
    CompletionStage<Done> fed =
        faucet
            .<Source<Drop, NotUsed>>ask(Faucet.Fed::new)
            .get(20, SECONDS)
            .runForeach(drop -> seen.incrementAndGet(), reader);
    await().atMost(20, SECONDS).until(() -> seen.get() == 1);

    var unused = catchThrowable(() -> faucet.<String>ask(Faucet.Fail::new).get(20, SECONDS));

    MeshFailure failure = failureOf(fed, MeshFailure.class);
    assertThat(failure.code()).isEqualTo(FailureCode.SERVICE_FAILED);
    assertThat(failure).hasMessageContaining("the actor has gone");
    await()
        .atMost(20, SECONDS)
        .ignoreExceptions()
        .until(() -> faucet.<String>ask(Faucet.Name::new).get(20, SECONDS) != null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aServiceThatIsWithdrawnEndsItsStreamsTyped(int from, MeshCluster mesh) throws Exception {
    CompletionStage<Done> running = flow(mesh.node(from).client(Faucet.CONTRACT));
    MeshNode serving = mesh.node(0);

    serving.withdraw("faucet").toCompletableFuture().get(30, SECONDS);

    Draining failure = failureOf(running, Draining.class);
    assertThat(failure.started()).isEqualTo(Started.YES);
    assertThat(Faucet.ENDED).hasValue(1);
    serving.host(Faucet.CONTRACT, Faucet::create).toCompletableFuture().get(30, SECONDS);
    mesh.awaitVisible("faucet", 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anArgumentThatIsReadOnAfterItsReplyEndsWithTheService(int from, MeshCluster mesh)
      throws Exception {
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    ServiceClient<Command> faucet = mesh.node(from).client(Faucet.CONTRACT);
    faucet
        .<String>ask(r -> new Faucet.Keep(Faucet.counted(Source.never(), runs, ends), r))
        .get(20, SECONDS);
    MeshFuture<String> late = faucet.ask(Faucet.Late::new);
    await().atMost(20, SECONDS).until(() -> runs.get() == 1);

    mesh.node(0).withdraw("faucet").toCompletableFuture().get(30, SECONDS);

    assertThat(late.get(20, SECONDS)).contains("MESH-DRAINING");
    await().atMost(20, SECONDS).until(() -> ends.get() == 1);
    mesh.node(0).host(Faucet.CONTRACT, Faucet::create).toCompletableFuture().get(30, SECONDS);
    mesh.awaitVisible("faucet", 1);
  }

  /** A stream that has begun and goes on until it is shut. */
  private static CompletionStage<Done> flow(ServiceClient<Command> faucet) throws Exception {
    AtomicInteger seen = new AtomicInteger();
    CompletionStage<Done> end =
        faucet
            .<Source<Drop, NotUsed>>ask(Faucet.Flow::new)
            .get(20, SECONDS)
            .runForeach(drop -> seen.incrementAndGet(), reader);
    await().atMost(20, SECONDS).until(() -> seen.get() == 1);
    return end;
  }

  /** How many streams the serving node counts as open, and none that its callers do not. */
  private static int open(MeshCluster mesh) throws IOException, InterruptedException {
    return figure(mesh.node(0), "mesh_instance_streams_open")
        + figure(mesh.node(0), "mesh_link_open_streams")
        + figure(mesh.node(1), "mesh_link_open_streams");
  }

  private static int figure(MeshNode node, String name) throws IOException, InterruptedException {
    return (int)
        get(node, "/metrics")
            .lines()
            .filter(line -> line.startsWith(name))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
  }

  private static String get(MeshNode node, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.adminPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static <F extends MeshFailure> F failureOf(CompletionStage<?> end, Class<F> type) {
    Throwable thrown = catchThrowable(() -> end.toCompletableFuture().get(30, SECONDS));
    assertThat(thrown).isInstanceOf(ExecutionException.class).cause().isInstanceOf(type);
    return type.cast(requireNonNull(thrown.getCause()));
  }
}
