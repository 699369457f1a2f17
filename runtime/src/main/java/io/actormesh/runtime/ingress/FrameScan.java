package io.actormesh.runtime.ingress;

import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of the frames that a client sends, and nothing of their payloads, however TCP has
 * divided them. Looks for what Pekko HTTP would keep in memory without bound, or work on for
 * nothing: it collects frames of any size and header blocks of any length, and waits without end
 * for the rest of a frame that is smaller than its fields. Not thread-safe.
 */
final class FrameScan {

  private static final int PREFACE = 24;
  private static final int HEAD = 9;

  /** The default of SETTINGS_MAX_FRAME_SIZE, which Pekko does not change. */
  private static final int MAX_FRAME = 16_384;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int PUSH_PROMISE = 5;
  private static final int GO_AWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int CONTINUATION = 9;

  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 0x20;

  /** A stream that is opened for nothing costs more than a ping. */
  private static final int RESET_COST = 2;

  private final FrameBudget budget;
  private final int maxBlock;
  private final byte[] head = new byte[HEAD];
  private int headBytes;
  private int skip = PREFACE;

  /** Of the header block that is being sent; -1 = none is. */
  private int block = -1;

  private int lastStream;

  FrameScan(FrameBudget budget, int maxBlock) {
    this.budget = budget;
    this.maxBlock = maxBlock;
  }

  /** The stream that was opened last. */
  int lastStream() {
    return lastStream;
  }

  /**
   * Reads on.
   *
   * @return what is wrong, and then nothing more may be read; null = nothing
   */
  @Nullable FrameFault read(ByteString bytes) {
    ByteBuffer buffer = bytes.asByteBuffer();
    while (buffer.hasRemaining()) {
      if (skip > 0) {
        int skipped = Math.min(skip, buffer.remaining());
        buffer.position(buffer.position() + skipped);
        skip -= skipped;
      } else {
        head[headBytes++] = buffer.get();
        if (headBytes == HEAD) {
          FrameFault fault = frame();
          if (fault != null) {
            return fault;
          }
          headBytes = 0;
        }
      }
    }
    return null;
  }

  private @Nullable FrameFault frame() {
    ByteBuffer fields = ByteBuffer.wrap(head);
    int lengthAndType = fields.getInt();
    int length = lengthAndType >>> 8;
    int flags = fields.get();
    int stream = fields.getInt() & Integer.MAX_VALUE;
    skip = length;
    if (length > MAX_FRAME) {
      return FrameFault.FRAME_SIZE;
    }
    int type = lengthAndType & 0xff;
    if (block >= 0 && type != CONTINUATION) {
      return FrameFault.PROTOCOL;
    }
    return switch (type) {
      case DATA -> data(length, flags, stream);
      case HEADERS -> headers(length, flags, stream);
      case CONTINUATION -> block < 0 ? FrameFault.PROTOCOL : continuation(length, flags);
      case PUSH_PROMISE -> FrameFault.PROTOCOL;
      case WINDOW_UPDATE -> length == Integer.BYTES ? spend(1) : FrameFault.FRAME_SIZE;
      case GO_AWAY -> length >= Long.BYTES ? spend(1) : FrameFault.FRAME_SIZE;
      case RESET -> spend(RESET_COST);
      default -> spend(1);
    };
  }

  private @Nullable FrameFault data(int length, int flags, int stream) {
    if (stream == 0) {
      return FrameFault.PROTOCOL;
    }
    if (length == 0 && (flags & PADDED) != 0) {
      return FrameFault.FRAME_SIZE;
    }
    return length > 0 || (flags & END_STREAM) != 0 ? null : spend(1);
  }

  private @Nullable FrameFault headers(int length, int flags, int stream) {
    if (stream % 2 == 0) {
      return FrameFault.PROTOCOL;
    }
    int fields = ((flags & PADDED) != 0 ? 1 : 0) + ((flags & PRIORITY) != 0 ? 5 : 0);
    if (length < fields) {
      return FrameFault.FRAME_SIZE;
    }
    lastStream = Math.max(lastStream, stream);
    return block(length, flags);
  }

  private @Nullable FrameFault continuation(int length, int flags) {
    FrameFault fault = spend(1);
    return fault == null ? block(block + length, flags) : fault;
  }

  private @Nullable FrameFault block(int length, int flags) {
    block = (flags & END_HEADERS) != 0 ? -1 : length;
    return length > maxBlock ? FrameFault.HEADER_BLOCK : null;
  }

  private @Nullable FrameFault spend(int frames) {
    return budget.spend(frames) ? null : FrameFault.FLOOD;
  }
}
