package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.allEnded;
import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.Ticker;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that die, fall silent, or do not keep to the rules. */
class NettyLinkFaultTest {

  private final NettyNode server = new NettyNode("server", 11);
  private final NettyNode client = new NettyNode("client", 12);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aPeerThatDiesFailsItsCallsAtOnce() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      LinkPeer peer = server.peerAt(listening.getLocalPort());
      List<TestCall> calls = IntStream.range(0, 64).mapToObj(i -> TestCall.say("x")).toList();
      calls.forEach(call -> client.transport().to(peer).send(call));
      try (RawPeer dying = RawPeer.server(listening)) {
        dying.expect(FrameType.CALL);
        await().until(() -> client.transport().to(peer).state() == LinkState.UP);
      }
      await().until(() -> allEnded(calls));
      assertThat(calls).allMatch(call -> call.ends().equals(List.of("BROKEN may have run")));
    }
  }

  @Test
  void aBlackHoleTakesNoNewCallsAfterASecondAndThenLosesThoseInFlight() {
    server.served.behave(Served::keep);
    try (TcpProxy proxy = new TcpProxy(server.transport().boundPort())) {
      LinkPeer peer = server.peerAt(proxy.port());
      TestCall call = TestCall.say("x");
      client.transport().to(peer).send(call);
      await().until(() -> server.served.calls().size() == 1);
      proxy.blackHole(true);
      long began = Ticker.system().nowNanos();
      await().until(() -> client.transport().to(peer).state() == LinkState.SILENT);
      assertThat(Duration.ofNanos(Ticker.system().nowNanos() - began))
          .isGreaterThan(Duration.ofMillis(500));
      awaitEnd(call, "SILENT may have run");
      assertThat(client.transport().to(peer).state()).isEqualTo(LinkState.DOWN);
      proxy.blackHole(false);
      await().until(() -> client.transport().to(peer).state() == LinkState.UP);
    }
  }

  @Test
  void aPeerThatIsHeardAgainIsUsedAgain() {
    LinkTimes patient = NettyNode.QUICK.withSilence(Duration.ofMillis(400), Duration.ofSeconds(30));
    NettyNode waiting =
        new NettyNode("waiting", 13, s -> s.withTimes(patient), MembershipGate.open());
    try (waiting;
        TcpProxy proxy = new TcpProxy(server.transport().boundPort())) {
      LinkPeer peer = server.peerAt(proxy.port());
      Link link = waiting.transport().to(peer);
      await().until(() -> link.state() == LinkState.UP);
      proxy.blackHole(true);
      await().until(() -> link.state() == LinkState.SILENT);
      TestCall call = TestCall.say("still there");
      link.send(call);
      proxy.blackHole(false);
      await().until(() -> link.state() == LinkState.UP);
      awaitEnd(call, "reply still there");
    }
  }

  @Test
  void anUnknownOptionalFrameIsSkippedAndCounted() throws IOException {
    try (RawPeer peer = RawPeer.caller(server)) {
      peer.send(FrameType.LAST_STREAM_TYPE, FrameType.OPTIONAL, out -> out.writeZero(100));
      peer.define(0);
      peer.call(1 << 20, 0, 0, out -> out.writeByte('x'));
      assertThat(peer.expect(FrameType.REPLY).readLong()).isEqualTo(1 << 20);
      assertThat(server.count(LinkObserver.Drop.UNKNOWN_FRAME)).hasValue(1);
    }
  }

  @Test
  void aFrameOfAnotherVersionThanAgreedEndsTheConnection() throws IOException {
    try (RawPeer peer = RawPeer.caller(server)) {
      peer.send((writer, out) -> new FrameWriter(2).beat(out, FrameType.PING, 1));
      assertThat(peer.expectClose()).isEqualTo(CloseReason.VERSION_MISMATCH);
    }
  }

  @Test
  void anUnknownMandatoryFrameEndsTheConnection() throws IOException {
    try (RawPeer peer = RawPeer.caller(server)) {
      peer.send(FrameType.LAST_STREAM_TYPE, 0, out -> {});
      assertThat(peer.expectClose()).isEqualTo(CloseReason.UNKNOWN_FRAME);
    }
  }

  @Test
  void anUnknownOperationNumberIsATypedRefusal() throws IOException {
    try (RawPeer peer = RawPeer.caller(server)) {
      peer.call(1 << 20, 7, 0, out -> {});
      ByteBuf refusal = peer.expect(FrameType.REFUSE);
      assertThat(refusal.readLong()).isEqualTo(1 << 20);
      assertThat(FrameWriter.readLoad(refusal)).isEqualTo(LoadReport.NONE);
      assertThat(FrameWriter.readMicros(refusal) + FrameWriter.readMicros(refusal)).isZero();
      assertThat(RefusalReason.ofNumber((int) Wire.readNumber(refusal)))
          .isEqualTo(RefusalReason.UNKNOWN_OPERATION);
    }
  }

  @Test
  void aCallerThatOverdrawsItsCreditIsCutOff() throws IOException {
    server.served.behave(Served::keep);
    try (RawPeer peer = RawPeer.caller(server)) {
      peer.define(0);
      peer.send(
          (writer, out) -> {
            for (int i = 1; i <= LinkLimits.DEFAULT.creditCalls() + 1; i++) {
              int start = writer.begin(out, FrameType.CALL, 0);
              out.writeLong((long) i << 20 | (i % 4096)).writeZero(2).writeInt(-1).writeZero(3);
              writer.end(out, start);
            }
          });
      assertThat(peer.expectClose()).isEqualTo(CloseReason.CREDIT_EXCEEDED);
    }
  }

  @Test
  void partsThatDoNotAddUpEndTheConnection() throws IOException {
    try (RawPeer peer = RawPeer.caller(server)) {
      peer.define(0);
      peer.call(
          1 << 20,
          0,
          FrameType.MORE,
          out -> {
            Wire.writeNumber(out, 100);
            out.writeZero(60);
          });
      peer.send(FrameType.CHUNK, 0, out -> out.writeLong(1 << 20).writeZero(60));
      assertThat(peer.expectClose()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }
  }

  @Test
  void anIdentityThatNobodyCanHaveEndsTheConnection() throws IOException {
    try (RawPeer peer = RawPeer.caller(server)) {
      peer.define(0);
      peer.call(1 << 20, 0, FrameType.IDENTIFIED, out -> Wire.writeText(out, "x".repeat(257)));
      assertThat(peer.expectClose()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }
  }

  @Test
  void aCallerThatDoesNotReadItsRepliesIsRefusedAndThenCutOff() throws IOException {
    NettyNode strict =
        new NettyNode(
            "strict",
            14,
            s -> s.withLimits(LinkLimits.DEFAULT.withUnsentReplies(1 << 20)),
            MembershipGate.open());
    strict.served.behave(NettyLinkFaultTest::replyAtLength);
    try (strict;
        RawPeer peer = RawPeer.caller(strict)) {
      peer.define(0);
      for (int i = 1; i <= 4000 && strict.goneCallers.isEmpty(); i++) {
        sendUnlessCutOff(peer, i);
      }
      await().until(() -> !strict.goneCallers.isEmpty());
      assertThat(strict.goneCallers.get(0)).contains("SLOW_READER");
    }
  }

  @Test
  void aCallThatArrivesWhileRepliesAreUnreadIsRefused() throws IOException {
    NettyNode strict =
        new NettyNode(
            "strict",
            14,
            s -> s.withLimits(LinkLimits.DEFAULT.withUnsentReplies(9 << 20)),
            MembershipGate.open());
    AtomicInteger replied = new AtomicInteger();
    strict.served.behave(
        call -> {
          replyAtGreatLength(call);
          replied.incrementAndGet();
        });
    try (strict;
        RawPeer peer = RawPeer.caller(strict)) {
      peer.define(0);
      // One reply of 8 MiB is below the limit; two are above it and what the sockets hold.
      peer.call(1L << 20 | 1, 0, 0, out -> {});
      peer.call(2L << 20 | 2, 0, 0, out -> {});
      // Nothing is read meanwhile, or there would be room again.
      await().until(() -> replied.get() == 2);
      strict.settle();
      peer.call(3L << 20 | 3, 0, 0, out -> {});
      assertThat(RefusalReason.ofNumber(reasonOf(peer.expect(FrameType.REFUSE))))
          .isEqualTo(RefusalReason.BYTES_FULL);
    }
  }

  private static int reasonOf(ByteBuf refusal) {
    refusal.skipBytes(8 + 5 + 2);
    return (int) Wire.readNumber(refusal);
  }

  private static void sendUnlessCutOff(RawPeer peer, int i) {
    try {
      peer.call((long) i << 20 | (i % 4000), 0, 0, out -> {});
    } catch (IOException cutOff) {
      assertThat(cutOff).isNotNull();
    }
  }

  private static void replyAtLength(InboundCall call) {
    ByteBuf reply = call.allocator().buffer(30_000).writeZero(30_000);
    var unused = call.reply(reply, false, LoadReport.NONE);
  }

  private static void replyAtGreatLength(InboundCall call) {
    int size = LinkLimits.DEFAULT.maxPayloadBytes();
    var unused = call.reply(call.allocator().buffer(size).writeZero(size), false, LoadReport.NONE);
  }
}
