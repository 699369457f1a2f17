package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What streams promise on every link between two nodes. */
abstract class LinkStreamContract {

  static final StreamLimits QUICK = new StreamLimits(256, 256 * 1024, Duration.ofSeconds(2), 1024);

  /** Above the windows of the tests, and what is buffered on the way. */
  static final int WELL_AHEAD = 2000;

  abstract Served served();

  abstract Link link();

  abstract LinkTransport serving();

  abstract void breakConnections();

  @Test
  void aReplyStreamArrivesInOrderAndWhole() {
    TestProducer producer = TestProducer.of(10_000);
    TestReader reader = TestReader.eager(16).reading(replied(producer));
    awaitEnds(reader, "complete");
    assertThat(reader.texts()).isEqualTo(numbers(10_000));
    assertThat(producer.subscriptions()).isEqualTo(1);
  }

  @Test
  void anEmptyStreamCompletes() {
    TestReader reader = TestReader.eager(1).reading(replied(TestProducer.of(0)));
    awaitEnds(reader, "complete");
    assertThat(reader.count()).isZero();
  }

  @Test
  void aProducerIsNotStartedBeforeItsReaderAsks() {
    TestProducer producer = TestProducer.of(3);
    TestReader reader = TestReader.patient().reading(replied(producer));
    await().until(reader::subscribed);
    awaitEnd(send(TestCall.say("round trip")), "stream");
    assertThat(producer.subscriptions()).isZero();
    reader.request(10);
    awaitEnds(reader, "complete");
  }

  @Test
  void aReaderThatStandsStillStopsTheProducer() {
    TestProducer producer = TestProducer.endless();
    TestReader reader = TestReader.patient().reading(replied(producer));
    await().until(reader::subscribed);
    reader.request(10);
    await().until(() -> reader.count() == 10);
    awaitQuiet(producer);
    assertThat(producer.made()).isLessThan(WELL_AHEAD);
    assertThat(reader.count()).isEqualTo(10);
    reader.request(5);
    await().until(() -> reader.count() == 15);
    reader.cancel();
    await().until(producer::cancelled);
  }

  @Test
  void cancellingStopsTheProducer() {
    TestProducer producer = TestProducer.endless();
    TestReader reader = TestReader.eager(16).reading(replied(producer));
    await().until(() -> reader.count() > 1000);
    reader.cancel();
    await().until(producer::cancelled);
    assertThat(reader.ends()).isEmpty();
  }

  @Test
  void whatTheProducerFailsWithArrives() {
    TestReader broken =
        TestReader.eager(16)
            .reading(replied(TestProducer.failing(2, new IllegalStateException("out of ink"))));
    awaitEnds(broken, "FAILED");
    assertThat(broken.failure()).hasMessageContaining("out of ink");
    StreamFailure leaving = new StreamFailure(StreamFault.DRAINING, "shop closes");
    TestReader drained = TestReader.eager(16).reading(replied(TestProducer.failing(2, leaving)));
    awaitEnds(drained, "DRAINING");
    assertThat(drained.failure()).hasMessage("shop closes");
  }

  @Test
  void anArgumentStreamArrivesInOrderAndWhole() {
    TestProducer producer = TestProducer.of(10_000);
    TestReader reader = TestReader.eager(16);
    served()
        .behave(
            call -> {
              Served.keep(call);
              reader.reading(call.argument());
            });
    TestCall call = send(TestCall.say("take this").with(producer));
    awaitEnds(reader, "complete");
    assertThat(reader.texts()).isEqualTo(numbers(10_000));
    Served.reply(served().calls().get(0), "thanks");
    awaitEnd(call, "reply thanks");
  }

  @Test
  void aBrokenConnectionFailsItsStreams() {
    TestProducer producer = TestProducer.endless();
    TestReader reader = TestReader.patient().reading(replied(producer));
    await().until(reader::subscribed);
    reader.request(10);
    await().until(() -> reader.count() == 10);
    breakConnections();
    awaitEnds(reader, "LOST");
    await().until(producer::cancelled);
  }

  @Test
  void largeElementsArriveWhole() {
    TestReader reader = TestReader.eager(1).reading(replied(TestProducer.sized(5, 700_001)));
    awaitEnds(reader, "complete");
    for (int i = 0; i < 5; i++) {
      assertThat(reader.elements().get(i)).isEqualTo(TestProducer.filled(i, 700_001));
    }
  }

  @Test
  void elementsOfAllSizesKeepTheirOrder() {
    int[] sizes = {0, 1, 100, 40_000, 3, 0, 32_768, 32_769, 300_000, 2};
    TestProducer producer = TestProducer.of(200, number -> sizes[number % sizes.length]);
    TestReader reader = TestReader.eager(3).reading(replied(producer));
    awaitEnds(reader, "complete");
    for (int i = 0; i < 200; i++) {
      assertThat(reader.elements().get(i))
          .isEqualTo(TestProducer.filled(i, sizes[i % sizes.length]));
    }
  }

  @Test
  void anElementAboveTheLargestPayloadFailsItsStream() {
    int size = LinkLimits.DEFAULT.maxPayloadBytes() + 1;
    TestProducer producer = TestProducer.sized(2, size);
    TestReader reader = TestReader.eager(1).reading(replied(producer));
    awaitEnds(reader, "TOO_LARGE");
    assertThat(producer.over()).isTrue();
  }

  @Test
  void argumentAndReplyMayBothBeStreams() {
    served()
        .behave(
            call -> {
              Served.keep(call);
              var unused = call.replyStream(call.argument(), LoadReport.NONE);
            });
    TestProducer producer = TestProducer.of(5000);
    TestCall call = send(TestCall.say("echo").with(producer));
    awaitEnd(call, "stream");
    TestReader reader = TestReader.eager(7).reading(Objects.requireNonNull(call.stream()));
    awaitEnds(reader, "complete");
    assertThat(reader.texts()).isEqualTo(numbers(5000));
  }

  @Test
  void anArgumentMayBeReadOnAfterTheReply() {
    TestReader reader = TestReader.patient();
    List<InboundCall> calls = keepReading(reader);
    TestCall call = send(TestCall.say("x").with(TestProducer.of(500)));
    await().until(reader::subscribed);
    reader.request(10);
    await().until(() -> reader.count() == 10);
    Served.reply(calls.get(0), "enough, but go on");
    awaitEnd(call, "reply enough, but go on");
    reader.request(1000);
    awaitEnds(reader, "complete");
    assertThat(reader.count()).isEqualTo(500);
  }

  @Test
  void aSlowReaderOfAnArgumentStopsItsProducer() {
    TestReader reader = TestReader.patient();
    keepReading(reader);
    TestProducer producer = TestProducer.endless();
    send(TestCall.say("x").with(producer));
    await().until(reader::subscribed);
    assertThat(producer.subscriptions()).isZero();
    reader.request(1);
    await().until(() -> reader.count() == 1);
    awaitQuiet(producer);
    assertThat(producer.made()).isLessThan(WELL_AHEAD);
    reader.cancel();
    await().until(producer::cancelled);
  }

  @Test
  void whoRecallsACallCancelsItsArgument() {
    TestReader reader = TestReader.eager(16);
    keepReading(reader);
    TestProducer producer = TestProducer.endless();
    TestCall call = send(TestCall.say("x").with(producer));
    await().until(() -> reader.count() > 100);
    link().recall(call);
    awaitEnds(reader, "CANCELLED");
    await().until(producer::cancelled);
  }

  @Test
  void aCallThatIsRefusedLeavesItsArgumentUntouched() {
    served()
        .behave(
            call -> {
              Served.keep(call);
              var unused =
                  call.refuse(Refusal.of(RefusalReason.QUEUE_FULL, "full"), LoadReport.NONE);
            });
    TestProducer producer = TestProducer.of(3);
    awaitEnd(send(TestCall.say("x").with(producer)), "refused QUEUE_FULL");
    TestReader late = TestReader.eager(1).reading(served().calls().get(0).argument());
    awaitEnds(late, "CANCELLED");
    assertThat(producer.subscriptions()).isZero();
  }

  @Test
  void aStreamThatNobodyReadsIsCancelled() {
    TestProducer producer = TestProducer.endless();
    Flow.Publisher<ByteBuf> stream = replied(producer);
    await().until(producer::cancelled);
    TestReader late = TestReader.eager(1).reading(stream);
    awaitEnds(late, "UNREAD");
  }

  @Test
  void anEndedCallsStreamIsCancelledAtOnce() {
    TestProducer second = TestProducer.endless();
    served()
        .behave(
            call -> {
              Served.reply(call, Served.text(call));
              assertThat(call.replyStream(second, LoadReport.NONE)).isFalse();
            });
    awaitEnd(send(TestCall.say("x")), "reply x");
    await().until(second::cancelled);
  }

  @Test
  void aStreamThatComesTooLateIsCancelled() {
    served().behave(Served::keep);
    TestCall call = send(TestCall.say("x", Duration.ofMillis(200)));
    awaitEnd(call, "DEADLINE may have run");
    TestProducer producer = TestProducer.endless();
    assertThat(served().calls().get(0).replyStream(producer, LoadReport.NONE)).isTrue();
    await().until(producer::cancelled);
  }

  @Test
  void aStreamHasOneSubscriber() {
    Flow.Publisher<ByteBuf> stream = replied(TestProducer.of(3));
    TestReader first = TestReader.eager(1).reading(stream);
    TestReader second = TestReader.eager(1).reading(stream);
    awaitEnds(first, "complete");
    await().until(() -> second.failure() instanceof IllegalStateException);
  }

  @Test
  void aRequestOfNothingEndsTheStream() {
    TestProducer producer = TestProducer.endless();
    TestReader reader = TestReader.eager(16).reading(replied(producer));
    await().until(() -> reader.count() > 0);
    reader.request(0);
    await().until(() -> reader.failure() instanceof IllegalArgumentException);
    await().until(producer::cancelled);
  }

  @Test
  void aLeavingNodesStreamsGoOn() {
    TestReader reader = TestReader.patient().reading(replied(TestProducer.of(1000)));
    await().until(reader::subscribed);
    reader.request(1);
    await().until(() -> reader.count() == 1);
    var closed = serving().close(Duration.ofSeconds(30));
    await().until(() -> link().state() == LinkState.DRAINING);
    assertThat(closed.toCompletableFuture()).isNotDone();
    reader.request(2000);
    awaitEnds(reader, "complete");
    assertThat(reader.count()).isEqualTo(1000);
    assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void aStreamThatOutlastsALeavingNodeFailsAsDraining() {
    TestProducer producer = TestProducer.endless();
    TestReader reader = TestReader.patient().reading(replied(producer));
    await().until(reader::subscribed);
    reader.request(1);
    await().until(() -> reader.count() == 1);
    assertThat(serving().close(Duration.ofMillis(50))).succeedsWithin(Duration.ofSeconds(10));
    awaitEnds(reader, "DRAINING");
    await().until(producer::cancelled);
  }

  @Test
  void manyStreamsAndCallsGoSideBySide() {
    served()
        .behave(
            call -> {
              if (Served.text(call).equals("call")) {
                Served.reply(call, "done");
              } else {
                var unused = call.replyStream(TestProducer.of(500), LoadReport.NONE);
              }
            });
    List<TestCall> asked =
        IntStream.range(0, 100)
            .mapToObj(i -> send(TestCall.say(i % 2 == 0 ? "call" : "stream")))
            .toList();
    await().until(() -> LinkContract.allEnded(asked));
    List<TestReader> readers =
        asked.stream()
            .filter(call -> call.stream() != null)
            .map(call -> TestReader.eager(5).reading(Objects.requireNonNull(call.stream())))
            .toList();
    assertThat(readers).hasSize(50);
    readers.forEach(reader -> awaitEnds(reader, "complete"));
    assertThat(readers).allMatch(reader -> reader.texts().equals(numbers(500)));
  }

  /** Serves by reading the argument, and keeps the calls. */
  private List<InboundCall> keepReading(TestReader reader) {
    List<InboundCall> calls = new CopyOnWriteArrayList<>();
    served()
        .behave(
            call -> {
              Served.keep(call);
              calls.add(call);
              reader.reading(call.argument());
            });
    return calls;
  }

  /** The stream that a call is answered with. */
  Flow.Publisher<ByteBuf> replied(Flow.Publisher<ByteBuf> elements) {
    served().behave(call -> replyStream(call, elements));
    TestCall call = send(TestCall.say("give"));
    awaitEnd(call, "stream");
    served().behave(other -> replyStream(other, TestProducer.of(0)));
    return Objects.requireNonNull(call.stream());
  }

  static void replyStream(InboundCall call, Flow.Publisher<ByteBuf> elements) {
    Served.keep(call);
    var unused = call.replyStream(elements, LoadReport.NONE);
  }

  TestCall send(TestCall call) {
    link().send(call);
    return call;
  }

  static void awaitEnds(TestReader reader, String end) {
    await().untilAsserted(() -> assertThat(reader.ends()).containsExactly(end));
  }

  /** Waits until a producer has not been asked for anything for a while. */
  static void awaitQuiet(TestProducer producer) {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              seen.add(producer.made());
              int last = seen.size();
              return last > 2 && seen.get(last - 1).equals(seen.get(last - 3));
            });
  }

  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
