package io.actormesh.runtime.ingress;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own, for its file descriptors: opens connections, asks for something over each
 * and then keeps them, idle, until its input ends.
 */
final class IdleCrowd {

  static final String READY = "ready";

  private static final byte[] GET =
      "GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BATCH = 250;

  private IdleCrowd() {}

  /** Arguments: the port, and how many connections. */
  public static void main(String[] args) throws IOException {
    var door = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    int count = Integer.parseInt(args[1]);
    List<SocketChannel> crowd = new ArrayList<>(count);
    while (crowd.size() < count) {
      List<SocketChannel> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < Math.min(BATCH, count - crowd.size()); i++) {
        SocketChannel one = SocketChannel.open(door);
        one.write(ByteBuffer.wrap(GET));
        batch.add(one);
      }
      for (SocketChannel one : batch) {
        awaitAnswer(one);
      }
      crowd.addAll(batch);
    }
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // Only its end matters.
    }
    for (SocketChannel one : crowd) {
      one.close();
    }
  }

  /** The answer is so small that it comes as a whole. */
  private static void awaitAnswer(SocketChannel one) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(1024);
    if (one.read(answer) < 0) {
      throw new EOFException("closed without an answer");
    }
    String text = new String(answer.array(), StandardCharsets.US_ASCII);
    if (!text.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(text);
    }
  }
}
