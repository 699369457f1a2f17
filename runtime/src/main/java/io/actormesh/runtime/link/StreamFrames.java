package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Writes the frames of streams; a stream is named by the id of its call and its direction. */
final class StreamFrames {

  private StreamFrames() {}

  /** More elements and bytes may be sent. */
  static void demand(FrameWriter writer, ByteBuf out, long id, long elements, long bytes) {
    int start = writer.begin(out, FrameType.STREAM_DEMAND, 0);
    out.writeLong(id);
    Wire.writeNumber(out, elements);
    Wire.writeNumber(out, bytes);
    writer.end(out, start);
  }

  /** Starts a frame of whole elements, each its size and its bytes. */
  static int beginItems(FrameWriter writer, ByteBuf out, long id) {
    int start = writer.begin(out, FrameType.STREAM_ITEMS, 0);
    out.writeLong(id);
    return start;
  }

  static void item(ByteBuf out, ByteBuf element) {
    Wire.writeNumber(out, element.readableBytes());
    out.writeBytes(element);
  }

  /** The next part of a large element; the first one says how large it is. */
  static void part(
      FrameWriter writer, ByteBuf out, long id, ByteBuf element, int length, boolean first) {
    boolean more = length < element.readableBytes();
    int flags = (more ? FrameType.MORE : 0) | (first ? FrameType.FIRST : 0);
    int start = writer.begin(out, FrameType.STREAM_PART, flags);
    out.writeLong(id);
    if (first) {
      Wire.writeNumber(out, element.readableBytes());
    }
    out.writeBytes(element, length);
    writer.end(out, start);
  }

  /** The writer's last frame: null for a stream that has completed. */
  static void end(FrameWriter writer, ByteBuf out, long id, @Nullable StreamFailure failure) {
    int start = writer.begin(out, FrameType.STREAM_END, 0);
    out.writeLong(id);
    Wire.writeNumber(out, failure == null ? 0 : failure.fault().number());
    Wire.writeText(out, failure == null ? "" : FrameWriter.shortened(failure.detail()));
    writer.end(out, start);
  }

  /** The reader wants no more. */
  static void cancel(FrameWriter writer, ByteBuf out, long id, StreamFailure why) {
    int start = writer.begin(out, FrameType.STREAM_CANCEL, 0);
    out.writeLong(id);
    Wire.writeNumber(out, why.fault().number());
    Wire.writeText(out, FrameWriter.shortened(why.detail()));
    writer.end(out, start);
  }

  static StreamFailure readFailure(int number, ByteBuf in) {
    return new StreamFailure(StreamFault.ofNumber(number), Wire.readText(in));
  }
}
