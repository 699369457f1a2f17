package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames. Whole frames are handed on where they lie; only the start of
 * an incomplete one is kept, at most one frame's length. Not thread-safe.
 */
final class FrameReader {

  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf incomplete;
  private int frames;

  FrameReader(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** The frames found since the last time this was asked. */
  int takeFrameCount() {
    int count = frames;
    frames = 0;
    return count;
  }

  /** The bytes kept for a frame that is not complete. */
  int keptBytes() {
    ByteBuf kept = incomplete;
    return kept == null ? 0 : kept.readableBytes();
  }

  /**
   * Takes what arrived, and hands on what it completes. Releases the buffer in every case.
   *
   * @throws LinkProtocolException if the bytes are no frames; nothing may be fed after that
   */
  void feed(ByteBuf arrived, FrameSink sink) {
    boolean mine = incomplete != null;
    ByteBuf all = joined(arrived);
    try {
      handOn(all, sink);
      if (all.isReadable()) {
        incomplete = kept(all, mine);
      }
    } catch (IndexOutOfBoundsException outside) {
      throw new LinkProtocolException(CloseReason.PROTOCOL_ERROR, "a frame ends too early");
    } finally {
      all.release();
    }
  }

  /** Frees what is kept. */
  void close() {
    ByteBuf kept = incomplete;
    incomplete = null;
    if (kept != null) {
      kept.release();
    }
  }

  private ByteBuf joined(ByteBuf arrived) {
    ByteBuf kept = incomplete;
    if (kept == null) {
      return arrived;
    }
    incomplete = null;
    try {
      return kept.writeBytes(arrived);
    } finally {
      arrived.release();
    }
  }

  private ByteBuf kept(ByteBuf rest, boolean mine) {
    if (mine && rest.readerIndex() == 0) {
      return rest.retain();
    }
    // A copy, because slices of what was handed on may live longer than this. Grown as bytes
    // arrive,
    // never on the word of a length field.
    return allocator.buffer(Math.max(256, rest.readableBytes() * 2)).writeBytes(rest);
  }

  private void handOn(ByteBuf all, FrameSink sink) {
    while (all.readableBytes() >= FrameType.HEADER_BYTES) {
      long header = all.getLong(all.readerIndex());
      int length = length(header);
      int end = all.readerIndex() + FrameType.HEADER_BYTES + length;
      int limit = all.writerIndex();
      if (end > limit) {
        return;
      }
      frames++;
      all.skipBytes(FrameType.HEADER_BYTES).writerIndex(end);
      sink.onFrame(
          (int) (header >>> 40) & 0xFF,
          (int) (header >>> 32) & 0xFF,
          (int) (header >>> 24) & 0xFF,
          all);
      all.setIndex(end, limit);
    }
  }

  private static int length(long header) {
    if ((int) (header >>> 48) != FrameType.MAGIC) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR, "no link frame: it starts with " + Long.toHexString(header));
    }
    int length = (int) header & 0xFFFFFF;
    if (length > FrameType.MAX_BODY_BYTES) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR,
          "length: " + length + " (expected: at most " + FrameType.MAX_BODY_BYTES + ")");
    }
    return length;
  }
}
