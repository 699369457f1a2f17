package io.actormesh.benchmarks.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Frames of HTTP/2 (RFC 9113) as bytes, in cleartext by prior knowledge. */
final class H2 {

  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final int INITIAL_WINDOW_SIZE = 4;

  private H2() {}

  /** The preface, with the window of each stream. */
  static byte[] preface(int window) {
    byte[] setting =
        ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window).array();
    return join(
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII), frame(SETTINGS, 0, 0, setting));
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** A whole GET, its header block without any index of its own (RFC 7541). */
  static byte[] get(int stream, String path) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86}); // GET, http
    literal(block, 0x04, path);
    literal(block, 0x01, "a"); // :authority
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, block.toByteArray());
  }

  static byte[] cancel(int stream) {
    return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(8).array());
  }

  static byte[] join(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private static void literal(ByteArrayOutputStream block, int index, String value) {
    block.write(index);
    block.write(value.length());
    block.writeBytes(value.getBytes(US_ASCII));
  }
}
