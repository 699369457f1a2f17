package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.LinkStreamContract.awaitEnds;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only frames can do to streams: silence, rules broken, frames that come too late. */
class NettyLinkStreamTest {

  private static final StreamLimits NARROW =
      new StreamLimits(4, 64 * 1024, Duration.ofSeconds(20), 2);
  private static final long ID = 1L << OutboundTable.SLOT_BITS;

  private final NettyNode server = node("server", 11);
  private final NettyNode client = node("client", 12);

  private static NettyNode node(String name, long incarnation) {
    return new NettyNode(
        name, incarnation, settings -> settings.withStreams(NARROW), MembershipGate.open());
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aSilentConnectionFailsItsStreamsAtBothEnds() {
    try (TcpProxy proxy = new TcpProxy(server.transport().boundPort())) {
      Link link = client.transport().to(server.peerAt(proxy.port()));
      TestProducer producer = TestProducer.endless();
      TestReader reader = TestReader.patient().reading(replied(link, producer));
      await().until(reader::subscribed);
      reader.request(1);
      await().until(() -> reader.count() == 1);
      proxy.blackHole(true);
      awaitEnds(reader, "SILENT");
      await().until(producer::cancelled);
      proxy.blackHole(false);
    }
  }

  @Test
  void anIdleStreamOutlivesEveryLimitOfSilence() {
    Link link = client.transport().to(server.peer());
    TestReader reader = TestReader.patient().reading(replied(link, TestProducer.of(2)));
    await().until(reader::subscribed);
    reader.request(1);
    await().until(() -> reader.count() == 1);
    await()
        .pollDelay(NettyNode.QUICK.deadAfter().plusMillis(500))
        .until(() -> reader.ends().isEmpty());
    reader.request(5);
    awaitEnds(reader, "complete");
  }

  @Test
  void aReaderThatStandsStillHoldsNoMoreThanItsWindow() {
    Link link = client.transport().to(server.peer());
    TestProducer producer = TestProducer.endless();
    TestReader reader = TestReader.patient().reading(replied(link, producer));
    await().until(reader::subscribed);
    reader.request(1);
    await().until(() -> reader.count() == 1);
    LinkStreamContract.awaitQuiet(producer);
    assertThat(producer.made()).isLessThanOrEqualTo(NARROW.windowElements() + 1);
  }

  @Test
  void largeElementsAreBoundedByTheirBytes() {
    Link link = client.transport().to(server.peer());
    TestProducer producer = TestProducer.sized(1000, 60_000);
    TestReader reader = TestReader.patient().reading(replied(link, producer));
    await().until(reader::subscribed);
    reader.request(1);
    await().until(() -> reader.count() == 1);
    LinkStreamContract.awaitQuiet(producer);
    assertThat(producer.made()).isLessThanOrEqualTo(NARROW.windowElements() + 3);
    reader.request(1000);
    awaitEnds(reader, "complete");
  }

  @Test
  void streamsBeyondTheBoundFail() {
    Link link = client.transport().to(server.peer());
    TestProducer third = TestProducer.endless();
    var first = replied(link, TestProducer.of(1));
    var second = replied(link, TestProducer.of(1));
    TestReader tooMany = TestReader.eager(1).reading(replied(link, third));
    awaitEnds(tooMany, "TOO_MANY");
    await().until(third::cancelled);
    awaitEnds(TestReader.eager(1).reading(first), "complete");
    awaitEnds(TestReader.eager(1).reading(second), "complete");
  }

  @Test
  void argumentsBeyondTheBoundAreRefusedAsNotStarted() {
    Link link = client.transport().to(server.peer());
    server.served.behave(Served::keep);
    for (int i = 0; i < 2; i++) {
      link.send(TestCall.say("x").with(TestProducer.of(1)));
    }
    TestCall third = TestCall.say("x").with(TestProducer.of(1));
    link.send(third);
    awaitEnd(third, "refused TOO_MANY_STREAMS");
  }

  @Test
  void aProducerThatSendsMoreThanItIsAskedForIsCancelledAndItsStreamFails() {
    Link link = client.transport().to(server.peer());
    RecklessProducer producer = new RecklessProducer(100);
    TestReader reader = TestReader.eager(1).reading(replied(link, producer));
    awaitEnds(reader, "FAILED");
    await().until(() -> producer.cancelled() == 1);
    assertThat(reader.texts()).startsWith("0").isEqualTo(producer.first(reader.count()));
    assertThat(reader.count()).isLessThan(100);
    await().until(producer::everythingReleased);
    TestReader next = TestReader.eager(1).reading(replied(link, TestProducer.of(3)));
    awaitEnds(next, "complete");
  }

  @Test
  void smallCallsOvertakeStreamsOfLargeElements() {
    Link link = client.transport().to(server.peer());
    TestReader reader =
        TestReader.eager(1).reading(replied(link, TestProducer.sized(20, 4_000_000)));
    await().until(() -> reader.count() > 0);
    server.served.behave(Served::echo);
    TestCall call = TestCall.say("small");
    link.send(call);
    awaitEnd(call, "reply small");
    assertThat(reader.ends()).isEmpty();
    awaitEnds(reader, "complete");
  }

  @Test
  void framesOfAStreamThatNeverWasEndTheConnection() throws IOException {
    for (int type = FrameType.STREAM_DEMAND; type <= FrameType.STREAM_CANCEL; type++) {
      try (RawPeer peer = RawPeer.caller(server)) {
        peer.send(type, 0, out -> out.writeLong(ID).writeByte(1).writeByte(1));
        assertThat(peer.expectClose()).isEqualTo(CloseReason.PROTOCOL_ERROR);
      }
    }
  }

  @Test
  void elementsBeyondTheWindowEndTheConnection() throws IOException {
    TestReader reader = TestReader.patient();
    server.served.behave(
        call -> {
          Served.keep(call);
          reader.reading(call.argument());
        });
    try (RawPeer peer = streaming()) {
      await().until(reader::subscribed);
      reader.request(1);
      peer.expect(FrameType.STREAM_DEMAND);
      peer.send(FrameType.STREAM_ITEMS, 0, out -> out.writeLong(ID).writeZero(5));
      assertThat(peer.expectClose()).isEqualTo(CloseReason.CREDIT_EXCEEDED);
    }
    awaitEnds(reader, "LOST");
  }

  @Test
  void elementsThatNobodyAskedForEndTheConnection() throws IOException {
    server.served.behave(Served::keep);
    try (RawPeer peer = streaming()) {
      peer.send(FrameType.STREAM_ITEMS, 0, out -> out.writeLong(ID).writeZero(1));
      assertThat(peer.expectClose()).isEqualTo(CloseReason.CREDIT_EXCEEDED);
    }
  }

  @Test
  void framesThatComeAfterTheEndAreCountedAndHarmless() throws IOException {
    TestReader reader = TestReader.eager(1);
    server.served.behave(
        call -> {
          Served.keep(call);
          reader.reading(call.argument());
        });
    try (RawPeer peer = streaming()) {
      peer.expect(FrameType.STREAM_DEMAND);
      peer.send((writer, out) -> StreamFrames.end(writer, out, ID, null));
      peer.send((writer, out) -> StreamFrames.end(writer, out, ID, null));
      peer.send(FrameType.STREAM_ITEMS, 0, out -> out.writeLong(ID).writeZero(1));
      awaitEnds(reader, "complete");
      await().untilAtomic(server.count(LinkObserver.Drop.LATE_STREAM), org.hamcrest.Matchers.is(2));
      peer.send((writer, out) -> writer.beat(out, FrameType.PING, 1));
      peer.expect(FrameType.PONG);
    }
  }

  private RawPeer streaming() throws IOException {
    RawPeer peer = RawPeer.caller(server);
    peer.define(0);
    peer.send(
        FrameType.DEFINE,
        0,
        out -> {
          out.writeByte(SentDefinitions.CALLER);
          Wire.writeNumber(out, 0);
          Wire.writeText(out, "raw");
        });
    peer.call(ID, 0, FrameType.STREAM, out -> {});
    return peer;
  }

  private java.util.concurrent.Flow.Publisher<io.netty.buffer.ByteBuf> replied(
      Link link, java.util.concurrent.Flow.Publisher<io.netty.buffer.ByteBuf> producer) {
    server.served.behave(call -> LinkStreamContract.replyStream(call, producer));
    TestCall call = TestCall.say("give");
    link.send(call);
    awaitEnd(call, "stream");
    return Objects.requireNonNull(call.stream());
  }
}
