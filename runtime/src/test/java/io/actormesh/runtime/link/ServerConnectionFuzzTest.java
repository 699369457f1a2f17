package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A serving node among callers that send rubbish after a proper handshake. */
class ServerConnectionFuzzTest {

  private static final long STREAM = 1L << OutboundTable.SLOT_BITS;

  private final SplittableRandom random = new SplittableRandom(4711);

  @Test
  void rubbishEndsItsOwnConnectionAndHarmsNobodyElse() throws IOException {
    try (NettyNode server = new NettyNode("server", 11);
        NettyNode client = new NettyNode("client", 12)) {
      for (int round = 0; round < 150; round++) {
        try (RawPeer peer = RawPeer.caller(server)) {
          peer.define(0);
          sendRubbish(peer);
        }
      }
      TestCall call = TestCall.say("still well");
      client.transport().to(server.peer()).send(call);
      awaitEnd(call, "reply still well");
      await().untilAsserted(() -> assertThat(server.goneCallers).hasSize(150));
    }
  }

  @Test
  void rubbishInStreamsEndsThemAllOnceAndHarmsNobodyElse() throws IOException {
    List<TestReader> readers = new CopyOnWriteArrayList<>();
    List<TestProducer> producers = new CopyOnWriteArrayList<>();
    try (NettyNode server = new NettyNode("server", 11);
        NettyNode client = new NettyNode("client", 12)) {
      server.served.behave(
          call -> {
            readers.add(TestReader.eager(3).reading(call.argument()));
            TestProducer producer = TestProducer.endless();
            producers.add(producer);
            LinkStreamContract.replyStream(call, producer);
          });
      for (int round = 0; round < 150; round++) {
        try (RawPeer peer = RawPeer.caller(server)) {
          openStream(peer);
          if (round % 2 == 0) {
            useStreams(peer);
          }
          sendRubbishInStreams(peer);
        }
      }
      await().untilAsserted(() -> assertThat(server.goneCallers).hasSize(150));
      await().untilAsserted(() -> assertThat(readers).hasSize(150).allMatch(r -> once(r)));
      // One that was never asked for anything was never subscribed to, and has nothing to end.
      await().until(() -> producers.stream().allMatch(p -> p.subscriptions() == 0 || p.over()));
      assertThat(producers).anyMatch(producer -> producer.made() > 0);
      assertThat(readers).anyMatch(reader -> reader.count() > 0);
      server.served.behave(Served::echo);
      TestCall call = TestCall.say("still well");
      client.transport().to(server.peer()).send(call);
      awaitEnd(call, "reply still well");
    }
  }

  private static boolean once(TestReader reader) {
    return reader.ends().size() == 1;
  }

  private static void openStream(RawPeer peer) throws IOException {
    peer.define(0);
    peer.send(
        FrameType.DEFINE,
        0,
        out -> {
          out.writeByte(SentDefinitions.CALLER);
          Wire.writeNumber(out, 0);
          Wire.writeText(out, "raw");
        });
    peer.call(STREAM, 0, FrameType.STREAM, out -> {});
    peer.expect(FrameType.STREAM_DEMAND);
  }

  /** An element each way, so that the rubbish meets streams that flow. */
  private static void useStreams(RawPeer peer) throws IOException {
    byte[] element = {1, 2, 3};
    peer.send(
        FrameType.STREAM_ITEMS,
        0,
        out -> writeStream(out.writeLong(STREAM), FrameType.STREAM_ITEMS, true, element));
    peer.send(
        FrameType.STREAM_DEMAND,
        0,
        out -> writeStream(out.writeLong(STREAM), FrameType.STREAM_DEMAND, true, element));
    peer.expect(FrameType.STREAM_ITEMS);
  }

  /** Half of it is right but for its numbers, so that some goes far before it is found out. */
  private void sendRubbishInStreams(RawPeer peer) {
    try {
      for (int i = 0; i < 20; i++) {
        int type = FrameType.STREAM_DEMAND + random.nextInt(5);
        int flags = random.nextInt(4) == 0 ? random.nextInt(64) : 0;
        long id = random.nextInt(8) == 0 ? random.nextInt(4) : STREAM;
        byte[] body = new byte[random.nextInt(40)];
        random.nextBytes(body);
        boolean right = random.nextBoolean();
        peer.send(type, flags, out -> writeStream(out.writeLong(id), type, right, body));
      }
    } catch (IOException cutOff) {
      assertThat(cutOff).isNotNull();
    }
  }

  private static void writeStream(ByteBuf out, int type, boolean right, byte[] body) {
    if (right && type == FrameType.STREAM_DEMAND) {
      Wire.writeNumber(out, body.length);
      Wire.writeNumber(out, body.length * 100L);
    } else if (right && type == FrameType.STREAM_ITEMS) {
      Wire.writeNumber(out, body.length);
      out.writeBytes(body);
    } else {
      out.writeBytes(body);
    }
  }

  private void sendRubbish(RawPeer peer) {
    try {
      for (int i = 0; i < 20; i++) {
        byte[] body = new byte[random.nextInt(60)];
        random.nextBytes(body);
        // Mostly calls and chunks with small ids, so that some of them fit together.
        int type = 3 + random.nextInt(i % 2 == 0 ? 2 : 15);
        int flags = random.nextInt(4);
        long id = random.nextInt(4) + 1L;
        peer.send(type, flags, out -> out.writeLong(id << 20 | id).writeBytes(body));
      }
    } catch (IOException cutOff) {
      assertThat(cutOff).isNotNull();
    }
  }
}
