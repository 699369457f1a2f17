package io.actormesh.runtime.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes into a buffer that is allocated with the first bytes, and refuses the byte too many. */
final class BufferSink extends OutputStream {
  private final ByteBufAllocator allocator;
  private final int maxBytes;
  private @Nullable ByteBuf buffer;

  BufferSink(ByteBufAllocator allocator, int maxBytes) {
    this.allocator = allocator;
    this.maxBytes = maxBytes;
  }

  @Override
  public void write(int value) {
    room(1).writeByte(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    room(length).writeBytes(bytes, offset, length);
  }

  /** What was written; the caller owns it. */
  ByteBuf take() {
    ByteBuf taken = room(0);
    buffer = null;
    return taken;
  }

  /** Frees what was written, unless it was taken. */
  void discard() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  static FieldProblem tooLarge(int maxBytes) {
    return new FieldProblem(
        CodecException.Problem.TOO_LARGE, "larger than the limit of " + maxBytes + " bytes");
  }

  private ByteBuf room(int length) {
    ByteBuf present = buffer;
    int written = present == null ? 0 : present.writerIndex();
    if (length > maxBytes - written) {
      throw tooLarge(maxBytes);
    }
    if (present == null) {
      present = allocator.buffer(length);
      buffer = present;
    }
    return present;
  }
}
