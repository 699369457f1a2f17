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
