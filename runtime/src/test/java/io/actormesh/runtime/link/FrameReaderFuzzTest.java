package io.actormesh.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The decoder against frames that a hostile or broken peer could send. */
class FrameReaderFuzzTest {

  private static final int FRAMES_EACH = 20;
  private static final int FRAMES = 1_000_000;
  private static final long SEED = 20_261_123;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** Counts what is not released; the leak detector would take minutes. */
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

  private final List<byte[]> samples = samples();
  private int fed;
  private int handedOn;
  private int violations;

  @Test
  void aMillionMutatedFramesNeitherHangNorLeakNorPileUp() {
    int most = 0;
    while (fed < FRAMES) {
      most = Math.max(most, connection());
    }
    assertThat(most).isLessThanOrEqualTo(FrameType.MAX_BODY_BYTES + FrameType.HEADER_BYTES);
    assertThat(handedOn).isGreaterThan(FRAMES / 100);
    assertThat(violations).isGreaterThan(FRAMES / 1000);
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  /** Feeds one reader until it objects; returns the most bytes it kept. */
  private int connection() {
    FrameReader reader = new FrameReader(allocator);
    int most = 0;
    try {
      for (int i = 0; i < FRAMES_EACH; i++) {
        fed++;
        reader.feed(allocator.buffer().writeBytes(mutated()), this::take);
        most = Math.max(most, reader.keptBytes());
      }
    } catch (LinkProtocolException violation) {
      violations++;
    } finally {
      reader.close();
    }
    return most;
  }

  @Test
  void framesMayBeCutAnywhere() {
    ByteBuf all = Unpooled.buffer();
    samples.forEach(all::writeBytes);
    List<Integer> types = new ArrayList<>();
    FrameReader reader = RawPeer.reader();
    while (all.isReadable()) {
      reader.feed(
          all.readBytes(Math.min(all.readableBytes(), 1 + random.nextInt(7))),
          (version, type, flags, body) -> types.add(type));
    }
    assertThat(types).hasSize(samples.size());
    assertThat(reader.keptBytes()).isZero();
    reader.close();
  }

  /** Reads a body as its type says, like a connection would. */
  private void take(int version, int type, int flags, ByteBuf body) {
    handedOn++;
    switch (type) {
      case FrameType.HELLO -> Hello.read(body);
      case FrameType.DEFINE -> new ReceivedDefinitions().define(body);
      case FrameType.CALL -> readCall(flags, body);
      case FrameType.CHUNK, FrameType.RECALL, FrameType.PING -> body.readLong();
      case FrameType.REPLY, FrameType.REFUSE -> readEnd(body);
      case FrameType.CREDIT ->
          new Credits(1, 1).grant(Wire.readNumber(body), Wire.readNumber(body));
      case FrameType.STREAM_ITEMS -> readItems(body);
      case FrameType.STREAM_END, FrameType.STREAM_CANCEL -> readStreamEnd(body);
      default -> body.skipBytes(body.readableBytes());
    }
  }

  private static void readCall(int flags, ByteBuf body) {
    body.readLong();
    Wire.readNumber(body);
    Wire.readNumber(body);
    body.readInt();
    Wire.readNumber(body);
    Wire.readNumber(body);
    body.readByte();
    if ((flags & FrameType.TRACED) != 0) {
      CallFrame.readTrace(body);
    }
    body.readRetainedSlice(body.readableBytes()).release();
  }

  private static void readItems(ByteBuf body) {
    body.readLong();
    while (body.isReadable()) {
      int length = Wire.readInt(body, body.readableBytes(), "length of an element");
      body.readRetainedSlice(length).release();
    }
  }

  private static void readStreamEnd(ByteBuf body) {
    body.readLong();
    StreamFrames.readFailure(Wire.readInt(body, Integer.MAX_VALUE, "fault of a stream"), body);
  }

  private static void readEnd(ByteBuf body) {
    body.readLong();
    FrameWriter.readLoad(body);
    FrameWriter.readMicros(body);
    FrameWriter.readMicros(body);
    Wire.readNumber(body);
    Wire.readNumber(body);
    Wire.readText(body);
  }

  private byte[] mutated() {
    byte[] frame = samples.get(random.nextInt(samples.size())).clone();
    int kind = random.nextInt(20);
    for (int i = random.nextInt(4); i > 0; i--) {
      // Mostly in the body, so that the damage gets past the header.
      int from = kind == 0 || frame.length <= FrameType.HEADER_BYTES ? 0 : FrameType.HEADER_BYTES;
      frame[from + random.nextInt(frame.length - from)] = (byte) random.nextInt();
    }
    return kind == 1 ? java.util.Arrays.copyOf(frame, random.nextInt(frame.length)) : frame;
  }

  private static List<byte[]> samples() {
    FrameWriter writer = new FrameWriter(1);
    List<byte[]> all = new ArrayList<>();
    Refusal refusal = Refusal.of(RefusalReason.QUEUE_FULL, "full");
    all.add(frame(out -> writer.hello(out, new Hello(1, 1, "c", "n", "n:1", 1, "m:1", 2))));
    all.add(frame(out -> writer.welcome(out, new Welcome(1, 10, 1000, 1000))));
    all.add(frame(out -> writer.refuse(out, 1, new LoadReport(1, 2, 3, 4, 5), 6, 7, refusal)));
    all.add(frame(out -> writer.recall(out, 1)));
    all.add(frame(out -> writer.credit(out, 5, 500)));
    all.add(frame(out -> writer.beat(out, FrameType.PING, 7)));
    all.add(frame(out -> writer.goAway(out, 9, CloseReason.DRAINING)));
    all.add(frame(out -> writer.close(out, CloseReason.SHUTDOWN, "bye")));
    all.add(frame(out -> writer.chunk(out, 3, Unpooled.wrappedBuffer(new byte[40]), 40, true)));
    StreamFailure failed = new StreamFailure(StreamFault.FAILED, "out of ink");
    all.add(frame(out -> StreamFrames.demand(writer, out, 1, 64, 65_536)));
    all.add(frame(out -> StreamFrames.end(writer, out, 1, failed)));
    all.add(frame(out -> StreamFrames.cancel(writer, out, 1, failed)));
    all.add(
        frame(
            out -> {
              int start = StreamFrames.beginItems(writer, out, 1);
              StreamFrames.item(out, Unpooled.wrappedBuffer(new byte[20]));
              StreamFrames.item(out, Unpooled.wrappedBuffer(new byte[3]));
              writer.end(out, start);
            }));
    all.add(
        frame(
            out ->
                StreamFrames.part(writer, out, 1, Unpooled.wrappedBuffer(new byte[60]), 40, true)));
    all.add(
        frame(
            out -> {
              TestCall call = TestCall.say("hello");
              ByteBuf payload = java.util.Objects.requireNonNull(call.takePayload());
              int start = CallFrame.begin(writer, out, call, 1, 2, 1_000_000);
              out.writeBytes(payload);
              payload.release();
              writer.end(out, start);
            }));
    return all;
  }

  private static byte[] frame(java.util.function.Consumer<ByteBuf> write) {
    ByteBuf out = Unpooled.buffer();
    write.accept(out);
    return io.netty.buffer.ByteBufUtil.getBytes(out);
  }
}
