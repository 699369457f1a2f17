package io.actormesh.benchmarks.hostile;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection that does as it is told, right or wrong. Not thread-safe. */
final class Connection {

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(8192).limit(0);
  private String body = "";

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  /** One that waits until all is sent, and for answers. */
  static Connection patient(int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    // Small, so that one that does not read fills it soon.
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Connection(channel);
  }

  /** One that never waits: what cannot be sent at once is not sent. */
  static Connection hasty(int port) throws IOException {
    Connection connection = patient(port);
    connection.channel.configureBlocking(false);
    return connection;
  }

  void send(byte[] bytes) throws IOException {
    channel.write(ByteBuffer.wrap(bytes));
  }

  /** Reads an answer of known length to its end. */
  int status() throws IOException {
    String status = line();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = next();
    }
    body = new String(bytes, StandardCharsets.UTF_8);
    return Integer.parseInt(status.split(" ", -1)[1]);
  }

  /** The body of the last answer. */
  String body() {
    return body;
  }

  /** Throws away what has come. */
  void drain() throws IOException {
    int read;
    do {
      read = channel.read(in.clear());
    } while (read > 0);
    if (read < 0) {
      throw new EOFException();
    }
  }

  /** Ends it with a reset. */
  void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.channel.close();
      } catch (IOException ignored) {
        // It is gone either way.
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (byte b = next(); b != '\n'; b = next()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private byte next() throws IOException {
    if (!in.hasRemaining()) {
      if (channel.read(in.clear()) < 0) {
        throw new EOFException();
      }
      in.flip();
    }
    return in.get();
  }
}
