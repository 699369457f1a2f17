package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** The primitive fields of frames: unsigned varints and texts. */
final class Wire {

  private Wire() {}

  /**
   * Writes an unsigned number in groups of seven bits, lowest first; negative ones take ten bytes.
   */
  static void writeNumber(ByteBuf out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readNumber(ByteBuf in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte group = in.readByte();
      value |= (long) (group & 0x7F) << shift;
      if (group >= 0) {
        return value;
      }
    }
    throw new LinkProtocolException(CloseReason.PROTOCOL_ERROR, "a number is over ten bytes long");
  }

  /** Reads a number that must be between 0 and a limit, inclusive. */
  static int readInt(ByteBuf in, int limit, String field) {
    long value = readNumber(in);
    if (value < 0 || value > limit) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR, field + ": " + value + " (expected: 0 to " + limit + ")");
    }
    return (int) value;
  }

  static void writeText(ByteBuf out, String text) {
    writeNumber(out, ByteBufUtil.utf8Bytes(text));
    ByteBufUtil.writeUtf8(out, text);
  }

  static String readText(ByteBuf in) {
    int length = readInt(in, in.readableBytes(), "length of a text");
    return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
  }
}
