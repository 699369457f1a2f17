package io.actormesh.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.codec.ElementCodec;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways of handing a source over: encoded as to another node, and as an object. */
class StreamEndsTest {

  private static ActorTestKit kit;
  private static StreamRunner runner;

  private final Counts sent = new Counts();
  private final Counts read = new Counts();
  private final StreamLife sending = new StreamLife("what is sent", sent);
  private final StreamLife reading = new StreamLife("what is read", read);

  enum Way {
    LINK,
    OBJECT
  }

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
    runner = new StreamRunner(kit.system(), "pekko.actor.default-dispatcher");
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @EnumSource
  void allElementsArriveInOrder(Way way) throws Exception {
    List<Object> arrived = all(over(way, Source.range(1, 10_000).map(Integer::longValue)));
    assertThat(arrived).hasSize(10_000).first().isEqualTo(1L);
    assertThat(arrived).isSorted();
    await().untilAsserted(() -> assertThat(sent.outcomes).hasValue("OK"));
    assertThat(read.outcomes).hasValue("OK");
    assertThat(sent.elements).hasValue(10_000);
    assertThat(read.elements).hasValue(10_000);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyStreamComesToItsEnd(Way way) throws Exception {
    assertThat(all(over(way, Source.empty()))).isEmpty();
    await().untilAsserted(() -> assertThat(read.outcomes).hasValue("OK"));
  }

  @ParameterizedTest
  @EnumSource
  void nothingRunsBeforeItIsRead(Way way) {
    AtomicInteger ran = new AtomicInteger();
    Source<Object, NotUsed> stream =
        over(way, Source.single(1L).map(one -> one + ran.incrementAndGet()));
    assertThat(ran).hasValue(0);
    assertThat(stream.runWith(Sink.head(), kit.system())).succeedsWithin(20, TimeUnit.SECONDS);
    assertThat(ran).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void aFailureOfTheProducerReachesTheReaderAfterWhatCameBefore(Way way) {
    Source<Long, NotUsed> failing =
        Source.from(List.of(1L, 2L, 3L))
            .map(
                each -> {
                  if (each == 3) {
                    throw new IllegalStateException("out of order");
                  }
                  return each;
                });
    AtomicLong sum = new AtomicLong();
    CompletionStage<Done> end =
        over(way, failing).runForeach(each -> sum.addAndGet((Long) each), kit.system());
    assertFails(end, StreamFault.FAILED, "out of order");
    assertThat(sum).hasValue(3);
    await().untilAsserted(() -> assertThat(sent.outcomes).hasValue("FAILED"));
    assertThat(read.outcomes).hasValue("FAILED");
  }

  @ParameterizedTest
  @EnumSource
  void aReaderThatWantsNoMoreEndsTheProducer(Way way) {
    AtomicInteger ended = new AtomicInteger();
    Source<Long, NotUsed> endless =
        Source.repeat(1L)
            .watchTermination(
                (none, end) -> {
                  end.whenComplete((done, failure) -> ended.incrementAndGet());
                  return NotUsed.getInstance();
                });
    assertThat(over(way, endless).take(100).runWith(Sink.seq(), kit.system()))
        .succeedsWithin(20, TimeUnit.SECONDS)
        .satisfies(seen -> assertThat(seen).hasSize(100));
    await().untilAsserted(() -> assertThat(ended).hasValue(1));
    await().untilAsserted(() -> assertThat(sent.outcomes).hasValue("CANCELLED"));
    await().untilAsserted(() -> assertThat(read.outcomes).hasValue("CANCELLED"));
  }

  @ParameterizedTest
  @EnumSource
  void aReaderThatWantsNothingEndsTheProducerAtOnce(Way way) {
    AtomicInteger ended = new AtomicInteger();
    Source<Long, NotUsed> endless =
        Source.repeat(1L)
            .watchTermination(
                (none, end) -> {
                  end.whenComplete((done, failure) -> ended.incrementAndGet());
                  return none;
                });
    over(way, endless).runWith(Sink.cancelled(), kit.system());
    await().untilAsserted(() -> assertThat(ended).hasValue(1));
    await().untilAsserted(() -> assertThat(sent.outcomes).hasValue("CANCELLED"));
    await().untilAsserted(() -> assertThat(read.outcomes).hasValue("CANCELLED"));
    assertThat(read.started).hasValue(1);
  }

  @Test
  void anErrorAsItIsRunFailsItsReader() {
    Source<Object, NotUsed> broken =
        Source.<Object>single(1L)
            .mapMaterializedValue(
                none -> {
                  throw new AssertionError("this cannot be");
                });
    assertFails(
        published(broken, new LongCodec()).runWith(Sink.ignore(), kit.system()),
        StreamFault.FAILED,
        "this cannot be");
  }

  @Test
  void whatHasBeenGivenUpIsNotTouchedAgain() {
    AtomicInteger runs = new AtomicInteger();
    Source<Object, NotUsed> counted =
        Source.<Object>single(1L)
            .mapMaterializedValue(
                none -> {
                  runs.incrementAndGet();
                  return none;
                });
    Source<Object, NotUsed> stream = published(counted, new LongCodec());
    sending.kill(new StreamFailure(StreamFault.UNREAD, "too late"));
    assertFails(stream.runWith(Sink.ignore(), kit.system()), StreamFault.UNREAD, "too late");
    assertThat(runs).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void anElementOfAnotherTypeEndsTheStreamAndItsProducer(Way way) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Source<Long, NotUsed> wrong = (Source) Source.from(List.of(1L, "two", 3L));
    assertFails(
        over(way, wrong).runWith(Sink.ignore(), kit.system()),
        StreamFault.NOT_SERIALIZABLE,
        "String");
  }

  @ParameterizedTest
  @EnumSource
  void itCanBeReadOnce(Way way) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Source<Object, NotUsed> stream =
        over(way, Source.lazySingle(() -> (long) runs.incrementAndGet()));
    assertThat(all(stream)).containsExactly(1L);
    assertThatThrownBy(() -> all(stream))
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("can be run once");
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void itsOwnerEndsItWhileItRuns(Way way) {
    CompletionStage<Done> end =
        over(
                way,
                Source.maybe()
                    .map(Long.class::cast)
                    .mapMaterializedValue(promise -> NotUsed.getInstance()))
            .runWith(Sink.ignore(), kit.system());
    await().untilAsserted(() -> assertThat(sent.started).hasValue(1));
    sending.kill(new StreamFailure(StreamFault.DRAINING, "leaving"));
    assertFails(end, StreamFault.DRAINING, "leaving");
    assertThat(sent.outcomes).hasValue("DRAINING");
  }

  @ParameterizedTest
  @EnumSource
  void whoReadsItAfterItsEndIsToldWhy(Way way) {
    Source<Object, NotUsed> stream = over(way, Source.single(1L));
    sending.kill(new StreamFailure(StreamFault.UNREAD, "too late"));
    assertThat(sent.outcomes).hasValue("UNREAD");
    assertFails(stream.runWith(Sink.ignore(), kit.system()), StreamFault.UNREAD, "too late");
  }

  @ParameterizedTest
  @EnumSource
  void aReaderThatStopsBoundsWhatTheProducerIsAskedFor(Way way) {
    AtomicInteger asked = new AtomicInteger();
    Source<Long, NotUsed> counted = Source.repeat(1L).map(one -> one + asked.getAndIncrement());
    var reader =
        over(way, counted)
            .toMat(Sink.queue(1), Keep.right())
            .withAttributes(org.apache.pekko.stream.Attributes.inputBuffer(1, 1))
            .run(kit.system());
    assertThat(reader.pull()).succeedsWithin(20, TimeUnit.SECONDS);
    await().during(300, TimeUnit.MILLISECONDS).until(() -> asked.get() <= ElementReader.AHEAD + 16);
    for (int i = 0; i < 200; i++) {
      assertThat(reader.pull()).succeedsWithin(20, TimeUnit.SECONDS);
    }
    assertThat(asked.get()).isBetween(201, 201 + ElementReader.AHEAD + 16);
    reader.cancel();
    await().untilAsserted(() -> assertThat(sent.outcomes).hasValue("CANCELLED"));
  }

  @ParameterizedTest
  @EnumSource
  void littleIsMadeForAReaderThatAsksOnce(Way way) {
    AtomicInteger asked = new AtomicInteger();
    Source<Long, NotUsed> counted = Source.repeat(1L).map(one -> one + asked.getAndIncrement());
    var reader =
        over(way, counted)
            .toMat(Sink.queue(1), Keep.right())
            .withAttributes(org.apache.pekko.stream.Attributes.inputBuffer(1, 1))
            .run(kit.system());
    assertThat(reader.pull()).succeedsWithin(20, TimeUnit.SECONDS);
    await().during(200, TimeUnit.MILLISECONDS).until(() -> asked.get() <= 8);
    reader.cancel();
    await().untilAsserted(() -> assertThat(sent.outcomes).hasValue("CANCELLED"));
  }

  @Test
  void largeElementsAreAskedForOneByOne() {
    AtomicInteger asked = new AtomicInteger();
    Source<byte[], NotUsed> large =
        Source.repeat(new byte[200_000])
            .map(
                bytes -> {
                  asked.getAndIncrement();
                  return bytes;
                });
    var reader =
        published(large.map(Object.class::cast), new BytesCodec())
            .toMat(Sink.queue(1), Keep.right())
            .withAttributes(org.apache.pekko.stream.Attributes.inputBuffer(1, 1))
            .run(kit.system());
    for (int i = 0; i < 200; i++) {
      assertThat(reader.pull()).succeedsWithin(20, TimeUnit.SECONDS);
    }
    // The first ones were asked for before anybody knew how large they are.
    assertThat(asked.get()).isBetween(200, 200 + 8);
    reader.cancel();
    await().untilAsserted(() -> assertThat(sent.outcomes).hasValue("CANCELLED"));
  }

  @Test
  void anElementThatIsTooLargeIsNamed() {
    Source<Object, NotUsed> stream =
        published(Source.single(new byte[2_000_000]), new BytesCodec());
    assertFails(stream.runWith(Sink.ignore(), kit.system()), StreamFault.TOO_LARGE, "too large");
  }

  @Test
  void anElementThatCannotBeReadEndsTheStreamAndItsProducer() {
    Source<Object, NotUsed> stream = published(Source.repeat(new byte[0]), new BytesCodec());
    assertFails(
        stream.runWith(Sink.ignore(), kit.system()), StreamFault.NOT_READABLE, "nothing in it");
    await().untilAsserted(() -> assertThat(sent.outcomes).hasValue("CANCELLED"));
  }

  @Test
  void aSourceThatCannotBeRunFailsItsReader() {
    Source<Object, NotUsed> broken =
        Source.fromMaterializer(
                (materializer, attributes) -> {
                  throw new IllegalStateException("no such table");
                })
            .mapMaterializedValue(unused -> NotUsed.getInstance())
            .map(Object.class::cast);
    assertFails(
        published(broken, new BytesCodec()).runWith(Sink.ignore(), kit.system()),
        StreamFault.FAILED,
        "no such table");
  }

  @Test
  void whatFeedsAStreamThatNobodyReadsIsTold() {
    var pair =
        Source.<Object>queue(8, OverflowStrategy.backpressure()).preMaterialize(kit.system());
    SourceQueueWithComplete<Object> queue = pair.first();
    runner.discard(pair.second());
    assertThat(queue.watchCompletion()).succeedsWithin(20, TimeUnit.SECONDS);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // as the contract's elements come
  private Source<Object, NotUsed> over(Way way, Source<Long, NotUsed> source) {
    Source<Object, NotUsed> produced = (Source) source;
    return switch (way) {
      case LINK -> published(produced, new LongCodec());
      case OBJECT ->
          MeshSources.read(
              MeshSources.produced(produced, sending, Long.class),
              reading,
              runner,
              failure -> failure);
    };
  }

  private Source<Object, NotUsed> published(Source<Object, NotUsed> source, ElementCodec codec) {
    ElementPublisher publisher =
        new ElementPublisher(
            source,
            sending,
            runner,
            new ElementPublisher.Encoding(codec, PooledByteBufAllocator.DEFAULT, 1 << 20));
    return MeshSources.received(publisher, codec, reading, failure -> failure);
  }

  private static List<Object> all(Source<Object, NotUsed> stream) throws Exception {
    return stream.runWith(Sink.seq(), kit.system()).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void assertFails(CompletionStage<?> end, StreamFault fault, String detail) {
    assertThatThrownBy(() -> end.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            StreamFailure.class,
            failure -> {
              assertThat(failure.fault()).isEqualTo(fault);
              assertThat(failure.detail()).contains(detail);
            });
  }

  private static final class Counts implements StreamObserver {
    final AtomicInteger started = new AtomicInteger();
    final AtomicInteger elements = new AtomicInteger();
    final AtomicReference<String> outcomes = new AtomicReference<>("");

    @Override
    public void started() {
      started.incrementAndGet();
    }

    @Override
    public void element() {
      elements.incrementAndGet();
    }

    @Override
    public void ended(@Nullable StreamFault fault) {
      outcomes.accumulateAndGet(fault == null ? "OK" : fault.name(), String::concat);
    }
  }

  private static final class LongCodec implements ElementCodec {
    @Override
    public ByteBuf encode(Object element, ByteBufAllocator allocator, int maxBytes) {
      // First of all: an element of another type must not cost a buffer.
      long value = (Long) element;
      return allocator.buffer(8).writeLong(value);
    }

    @Override
    public Object decode(ByteBuf bytes) {
      return bytes.readLong();
    }
  }

  private static final class BytesCodec implements ElementCodec {
    @Override
    public ByteBuf encode(Object element, ByteBufAllocator allocator, int maxBytes) {
      byte[] bytes = (byte[]) element;
      if (bytes.length > maxBytes) {
        throw new CodecException(CodecException.Problem.TOO_LARGE, "too large");
      }
      return allocator.buffer().writeBytes(bytes);
    }

    @Override
    public Object decode(ByteBuf bytes) {
      if (!bytes.isReadable()) {
        throw new CodecException(CodecException.Problem.NOT_READABLE, "nothing in it");
      }
      return bytes.readableBytes();
    }
  }
}
