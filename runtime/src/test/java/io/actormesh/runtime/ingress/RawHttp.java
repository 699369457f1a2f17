package io.actormesh.runtime.ingress;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection that sends what it is told, byte by byte, well-formed or not. */
final class RawHttp implements AutoCloseable {

  private final Socket socket;

  RawHttp(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Over a connection that is made already. */
  RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
  }

  /** One whose kernel holds little of what is not read. */
  RawHttp(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** The head of a request: its line and its headers. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  @CanIgnoreReturnValue
  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  @CanIgnoreReturnValue
  RawHttp send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads one response that has a Content-Length, or none, and no other body. */
  String response() throws IOException {
    String head = head();
    int length = contentLength(head);
    byte[] body = socket.getInputStream().readNBytes(length);
    return head + new String(body, StandardCharsets.UTF_8);
  }

  /** Reads up to the empty line that ends a head. */
  @CanIgnoreReturnValue
  String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Everything until the other end closes the connection, properly or not. */
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int next = socket.getInputStream().read(); next >= 0; ) {
        all.write(next);
        next = socket.getInputStream().read();
      }
    } catch (SocketException reset) {
      // What came before the reset counts.
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Reads until the other end has closed the connection, in order or not. */
  String everything() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[16 * 1024];
    try {
      for (int n = read(some); n >= 0; n = read(some)) {
        all.write(some, 0, n);
      }
    } catch (SocketTimeoutException open) {
      throw new AssertionError("still open after: " + all, open);
    } catch (IOException reset) {
      all.writeBytes("(reset)".getBytes(StandardCharsets.UTF_8));
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Says that nothing more will be sent, and goes on reading. */
  @CanIgnoreReturnValue
  RawHttp halfClose() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Ends the connection without a word: whatever is on its way is lost. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private int read(byte[] some) throws IOException {
    return socket.getInputStream().read(some);
  }

  /** Reads so many bytes. */
  byte[] bytes(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /** Reads the next chunk of a chunked body; the last one is empty. */
  String chunk() throws IOException {
    int size = Integer.parseInt(line(), 16);
    byte[] bytes = socket.getInputStream().readNBytes(size);
    line();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @CanIgnoreReturnValue
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read(); next != '\n'; ) {
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.toString().trim();
  }

  /** Waits until the other end has closed the connection. */
  boolean isClosed() throws IOException {
    return socket.getInputStream().read() < 0;
  }

  private static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
