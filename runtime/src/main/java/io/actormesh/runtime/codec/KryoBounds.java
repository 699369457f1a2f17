package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.io.Input;

/**
 * Reads lengths that a peer claims, and believes none that the bytes at hand cannot hold: nothing
 * is allocated for a number alone.
 */
final class KryoBounds {
  private KryoBounds() {}

  /** A varint count of things that take at least so many bytes each. */
  static int count(Input in, int leastBytesEach) {
    int count = in.readVarInt(true);
    if (count < 0 || count > (in.limit() - in.position()) / leastBytesEach) {
      throw tooMany(count);
    }
    return count;
  }

  /** A four-byte length. */
  static int length(Input in) {
    return available(in, in.readInt());
  }

  static int available(Input in, int bytes) {
    if (bytes < 0 || bytes > in.limit() - in.position()) {
      throw tooMany(bytes);
    }
    return bytes;
  }

  private static FieldProblem tooMany(int claimed) {
    return FieldProblem.unreadable(
        "malformed: a length of " + Integer.toUnsignedString(claimed) + " exceeds the payload");
  }
}
