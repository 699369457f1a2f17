package io.actormesh.runtime.ingress;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/** An HTTP/2 client that shows every frame it gets, and acknowledges settings and pings. */
final class RawHttp2 implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RESET = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GO_AWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int HEAD = 9;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int nextStream = 1;

  /** One frame; the payload of a response's HEADERS begins with 0x88 if its status is 200. */
  record Frame(int type, int flags, int stream, ByteString payload) {

    boolean isOk() {
      return type == HEADERS && payload.head() == (byte) 0x88;
    }

    /** The last stream that a GOAWAY says is served. */
    int lastStream() {
      return payload.toByteBuffer().getInt();
    }

    /** Why, if it is a GOAWAY. */
    int error() {
      return payload.toByteBuffer().getInt(Integer.BYTES);
    }
  }

  RawHttp2(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
    write(PREFACE);
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** Over a connection that is made already; sends nothing by itself. */
  RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Sends a GET. */
  @CanIgnoreReturnValue
  int get(String path) throws IOException {
    return open(END_STREAM | END_HEADERS, head("GET", path));
  }

  /** Sends HEADERS of the next stream. */
  @CanIgnoreReturnValue
  int open(int flags, byte[] block) throws IOException {
    int stream = nextStream;
    nextStream += 2;
    frame(HEADERS, flags, stream, block);
    return stream;
  }

  /** The header block of a request. */
  static byte[] head(String method, String path, String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(
        block(":method", method, ":scheme", "http", ":path", path, ":authority", "door"));
    block.writeBytes(block(namesAndValues));
    return block.toByteArray();
  }

  static byte[] block(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      text(block, namesAndValues[i]);
      text(block, namesAndValues[i + 1]);
    }
    return block.toByteArray();
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    write(bytes(type, flags, stream, payload));
  }

  /** A whole frame. */
  static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(HEAD + payload.length)
        .put(head(payload.length, type, flags, stream))
        .put(payload)
        .array();
  }

  /** What precedes a frame's payload. */
  static byte[] head(int length, int type, int flags, int stream) {
    return ByteBuffer.allocate(HEAD)
        .putInt(length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .array();
  }

  /**
   * The next frame that is not about settings, pings or windows.
   *
   * @throws IOException at the end of the connection
   */
  Frame read() throws IOException {
    while (true) {
      int head = in.readInt();
      Frame frame =
          new Frame(head & 0xff, in.readUnsignedByte(), in.readInt(), payload(head >>> 8));
      switch (frame.type()) {
        case SETTINGS, PING -> {
          if ((frame.flags() & ACK) == 0) {
            byte[] echo = frame.type() == PING ? frame.payload().toArray() : new byte[0];
            frame(frame.type(), ACK, 0, echo);
          }
        }
        case DATA, HEADERS, RESET, GO_AWAY -> {
          return frame;
        }
        default -> {
          // Of no interest.
        }
      }
    }
  }

  private ByteString payload(int length) throws IOException {
    return ByteString.fromArray(in.readNBytes(length));
  }

  /** The next frame of a type; others are dropped. */
  Frame read(int type) throws IOException {
    Frame frame = read();
    while (frame.type() != type) {
      frame = read();
    }
    return frame;
  }

  private static void text(ByteArrayOutputStream block, String text) {
    block.write(text.length());
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
