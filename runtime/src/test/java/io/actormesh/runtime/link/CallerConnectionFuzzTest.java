package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** A calling node whose serving peers send rubbish after a proper handshake. */
class CallerConnectionFuzzTest {

  private static final int ROUNDS = 60;

  private final SplittableRandom random = new SplittableRandom(815);
  private final List<TestReader> readers = new ArrayList<>();
  private final List<TestProducer> producers = new ArrayList<>();
  private final List<TestCall> calls = new ArrayList<>();

  @Test
  void rubbishInStreamsEndsThemAllOnceAndLeavesNothingBehind() throws IOException {
    try (NettyNode client = new NettyNode("client", 12);
        NettyNode good = new NettyNode("good", 13);
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      LinkPeer bad = new LinkPeer("bad", "bad:1", 11, "127.0.0.1", listening.getLocalPort());
      Link link = client.transport().to(bad);
      dial(link, listening);
      for (int round = 0; round < ROUNDS; round++) {
        rubbishFor(link, listening);
      }
      await().untilAsserted(() -> assertThat(calls).allMatch(call -> call.ends().size() == 1));
      await().untilAsserted(() -> assertThat(readers).allMatch(each -> each.ends().size() == 1));
      // One that was never asked for anything was never subscribed to, and has nothing to end.
      await().until(() -> producers.stream().allMatch(p -> p.subscriptions() == 0 || p.over()));
      await().until(() -> client.openStreams.get() == 0);
      assertThat(producers).anyMatch(producer -> producer.made() > 0);
      assertThat(readers).anyMatch(reader -> reader.count() > 0);
      assertThat(readers).flatExtracting(TestReader::ends).contains("LOST");
      TestCall call = TestCall.say("still well");
      client.transport().to(good.peer()).send(call);
      awaitEnd(call, "reply still well");
    }
  }

  /** From its first call on, a link connects by itself. */
  private static void dial(Link link, ServerSocket listening) throws IOException {
    link.send(TestCall.say("anybody there?"));
    try (RawPeer peer = RawPeer.server(listening)) {
      peer.expect(FrameType.CALL);
    }
    await().until(() -> link.state() != LinkState.UP);
  }

  /** One connection: a stream in either direction, and then frames that do not make sense. */
  private void rubbishFor(Link link, ServerSocket listening) throws IOException {
    TestProducer producer = TestProducer.endless();
    TestCall sending = TestCall.say("take").with(producer);
    TestCall asking = TestCall.say("give");
    producers.add(producer);
    calls.add(sending);
    calls.add(asking);
    try (RawPeer peer = RawPeer.server(listening)) {
      await().until(() -> link.state() == LinkState.UP);
      link.send(sending);
      link.send(asking);
      long sent = peer.expect(FrameType.CALL).readLong();
      long asked = peer.expect(FrameType.CALL).readLong();
      reply(peer, asked);
      await().until(() -> asking.stream() != null);
      Flow.Publisher<ByteBuf> stream = java.util.Objects.requireNonNull(asking.stream());
      readers.add(TestReader.eager(3).reading(stream));
      peer.expect(FrameType.STREAM_DEMAND);
      if (random.nextBoolean()) {
        flow(peer, sent, asked);
      }
      sendRubbish(peer, sent, asked);
    }
    await().until(() -> link.state() != LinkState.UP);
  }

  private static void reply(RawPeer peer, long id) throws IOException {
    peer.send(
        FrameType.REPLY,
        FrameType.STREAM,
        out -> {
          out.writeLong(id);
          FrameWriter.load(out, LoadReport.NONE);
          FrameWriter.times(out, 1, 1);
        });
  }

  /** An element each way, so that the rubbish meets streams that flow. */
  private static void flow(RawPeer peer, long sent, long asked) throws IOException {
    byte[] element = {1, 2, 3};
    peer.send(
        FrameType.STREAM_ITEMS,
        0,
        out -> write(out.writeLong(asked), FrameType.STREAM_ITEMS, true, element));
    peer.send(
        FrameType.STREAM_DEMAND,
        0,
        out -> write(out.writeLong(sent), FrameType.STREAM_DEMAND, true, element));
    peer.expect(FrameType.STREAM_ITEMS);
  }

  /** Half of it is right but for its numbers, so that some goes far before it is found out. */
  private void sendRubbish(RawPeer peer, long sent, long asked) {
    try {
      for (int i = 0; i < 20; i++) {
        int type =
            random.nextInt(6) == 0
                ? FrameType.CHUNK + random.nextInt(3)
                : FrameType.STREAM_DEMAND + random.nextInt(5);
        int flags = random.nextInt(4) == 0 ? random.nextInt(64) : 0;
        long id = random.nextInt(8) == 0 ? random.nextInt(4) : random.nextBoolean() ? sent : asked;
        byte[] body = new byte[random.nextInt(40)];
        random.nextBytes(body);
        boolean right = random.nextInt(3) > 0;
        peer.send(type, flags, out -> write(out.writeLong(id), type, right, body));
      }
    } catch (IOException cutOff) {
      assertThat(cutOff).isNotNull();
    }
  }

  private static void write(ByteBuf out, int type, boolean right, byte[] body) {
    if (right && type == FrameType.STREAM_DEMAND) {
      Wire.writeNumber(out, body.length);
      Wire.writeNumber(out, body.length * 100L);
    } else if (right && type == FrameType.STREAM_ITEMS) {
      Wire.writeNumber(out, body.length);
      out.writeBytes(body);
    } else if (right && type == FrameType.STREAM_PART) {
      Wire.writeNumber(out, body.length * 2L);
      out.writeBytes(body);
    } else if (right && type >= FrameType.STREAM_END) {
      Wire.writeNumber(out, body.length);
      Wire.writeText(out, "rubbish");
    } else {
      out.writeBytes(body);
    }
  }
}
