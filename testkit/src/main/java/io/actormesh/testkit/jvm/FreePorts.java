package io.actormesh.testkit.jvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that nobody listens on. They lie below those that the operating system gives to
 * outgoing connections, which would take one away between its choice and its use.
 */
final class FreePorts {

  private static final int FIRST = 12_000;
  private static final int LAST = 32_000;

  private final Set<Integer> given = new HashSet<>();

  /** A free port that this object has not given out before. */
  synchronized int next() {
    for (int tries = 0; tries < LAST - FIRST; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!given.contains(port) && free(port)) {
        given.add(port);
        return port;
      }
    }
    throw new IllegalStateException("No port is free between " + FIRST + " and " + LAST + ".");
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
