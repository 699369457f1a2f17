package io.actormesh.runtime.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** As much of ASN.1's DER as it takes to wrap older forms of private keys as PKCS #8. */
final class Der {

  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xa0;

  /** The object identifier 1.2.840.113549.1.1.1 and no parameters. */
  private static final byte[] RSA = {
    0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0
  };

  /** The object identifier 1.2.840.10045.2.1, which the curve follows. */
  private static final byte[] EC = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private Der() {}

  /** The algorithm of RSA keys. */
  static byte[] rsa() {
    return value(SEQUENCE, RSA);
  }

  /** The algorithm of keys on a curve. */
  static byte[] ec(byte[] curve) {
    return value(SEQUENCE, EC, curve);
  }

  /** A PKCS #8 structure (RFC 5208). */
  static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return value(SEQUENCE, value(INTEGER, new byte[1]), algorithm, value(OCTETS, key));
  }

  /**
   * The curve that an EC key names (RFC 5915), if it does.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Optional<byte[]> curve(byte[] key) {
    try {
      ByteBuffer fields = content(SEQUENCE, ByteBuffer.wrap(key));
      skip(INTEGER, fields);
      skip(OCTETS, fields);
      if (!fields.hasRemaining() || (fields.get(fields.position()) & 0xff) != PARAMETERS) {
        return Optional.empty();
      }
      ByteBuffer parameters = content(PARAMETERS, fields);
      byte[] curve = new byte[parameters.remaining()];
      parameters.get(curve);
      return Optional.of(curve);
    } catch (BufferUnderflowException | IndexOutOfBoundsException truncated) {
      throw new IllegalArgumentException("truncated", truncated);
    }
  }

  private static void skip(int tag, ByteBuffer from) {
    var unused = content(tag, from);
  }

  private static ByteBuffer content(int tag, ByteBuffer from) {
    if ((from.get() & 0xff) != tag) {
      throw new IllegalArgumentException("not the expected structure");
    }
    int length = from.get() & 0xff;
    if (length >= 0x80) {
      int bytes = length & 0x7f;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (from.get() & 0xff);
      }
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  private static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    length(value, content.size());
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  private static void length(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
    } else {
      // DER has no leading zeros.
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 + bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
  }
}
