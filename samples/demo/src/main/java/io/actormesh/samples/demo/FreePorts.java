package io.actormesh.samples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Finds ports that nobody listens on. They are below the range that the system hands out by itself,
 * so that no outgoing connection takes one before its node does.
 */
final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int LAST = 29_999;

  private int next;

  FreePorts(RandomGenerator random) {
    this.next = random.nextInt(FIRST, LAST + 1);
  }

  /** A port that this object has not returned before. */
  int next() {
    for (int tries = FIRST; tries <= LAST; tries++) {
      int port = next;
      next = port == LAST ? FIRST : port + 1;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No free port between " + FIRST + " and " + LAST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
