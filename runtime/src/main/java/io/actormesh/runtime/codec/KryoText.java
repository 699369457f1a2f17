package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;

/**
 * Strings: a varint count of bytes, then one to three bytes per UTF-16 unit (so that any string,
 * also one with unpaired surrogates, arrives as it was). Kryo's own form would allocate whatever
 * length a peer claims.
 */
final class KryoText {
  private static final int ONE_BYTE = 0x80;
  private static final int TWO_BYTES = 0x800;

  private KryoText() {}

  static void write(Output out, String text) {
    int bytes = bytesOf(text);
    out.writeVarInt(bytes, true);
    if (bytes == text.length()) {
      out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      writeUnit(out, text.charAt(i));
    }
  }

  static String read(Input in) {
    int length = KryoBounds.count(in, 1);
    byte[] bytes = in.getBuffer();
    int start = in.position();
    int end = start + length;
    in.setPosition(end);
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return decoded(bytes, start, end);
      }
    }
    return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
  }

  private static int bytesOf(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= ONE_BYTE) {
        bytes = Math.addExact(bytes, unit < TWO_BYTES ? 1 : 2);
      }
    }
    return bytes;
  }

  private static void writeUnit(Output out, char unit) {
    if (unit < ONE_BYTE) {
      out.writeByte(unit);
    } else if (unit < TWO_BYTES) {
      out.writeByte(0xC0 | (unit >> 6));
      out.writeByte(0x80 | (unit & 0x3F));
    } else {
      out.writeByte(0xE0 | (unit >> 12));
      out.writeByte(0x80 | ((unit >> 6) & 0x3F));
      out.writeByte(0x80 | (unit & 0x3F));
    }
  }

  private static String decoded(byte[] bytes, int start, int end) {
    char[] units = new char[end - start];
    int length = 0;
    int at = start;
    while (at < end) {
      int first = bytes[at];
      int more = first >= 0 ? 0 : (first & 0xE0) == 0xC0 ? 1 : (first & 0xF0) == 0xE0 ? 2 : -1;
      if (more < 0 || at + more >= end) {
        throw FieldProblem.unreadable("malformed text");
      }
      int unit = more == 0 ? first : first & (more == 1 ? 0x1F : 0x0F);
      for (int i = 1; i <= more; i++) {
        unit = (unit << 6) | continuation(bytes[at + i]);
      }
      units[length++] = (char) unit;
      at += 1 + more;
    }
    return new String(units, 0, length);
  }

  private static int continuation(byte value) {
    if ((value & 0xC0) != 0x80) {
      throw FieldProblem.unreadable("malformed text");
    }
    return value & 0x3F;
  }
}
