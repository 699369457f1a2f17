package io.actormesh.runtime.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * Stands between a caller and a node, and can break, or stop forwarding, what passes through it.
 */
final class TcpProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Semaphore open = new Semaphore(1);
  private boolean blackHole;

  TcpProxy(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    start("accept", this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Resets every connection. */
  void breakConnections() {
    sockets.forEach(TcpProxy::reset);
    sockets.clear();
  }

  /** Stops reading and forwarding, and keeps the connections open; or goes on. */
  synchronized void blackHole(boolean swallow) {
    if (swallow && !blackHole) {
      open.acquireUninterruptibly();
    } else if (!swallow && blackHole) {
      open.release();
    }
    blackHole = swallow;
  }

  @Override
  public void close() {
    blackHole(false);
    try {
      listening.close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    breakConnections();
  }

  private void accept() throws IOException {
    while (true) {
      Socket caller = listening.accept();
      Socket node = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(caller);
      sockets.add(node);
      start("there", () -> forward(caller, node));
      start("back", () -> forward(node, caller));
    }
  }

  private void forward(Socket from, Socket to) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      int count = from.getInputStream().read(buffer);
      while (count > 0) {
        open.acquireUninterruptibly();
        open.release();
        to.getOutputStream().write(buffer, 0, count);
        count = from.getInputStream().read(buffer);
      }
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException closedAlready) {
      // It is gone: that is what was wanted.
    }
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException gone) {
                // A broken connection is what this proxy is for.
              }
            },
            "proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }
}
