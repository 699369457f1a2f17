package io.actormesh.samples.storefront;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a node and those who call it, and keeps what the callers send. */
final class WireTap implements AutoCloseable {

  private final ServerSocket listener;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile int target;

  WireTap() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Passes everything on to this port from now on. */
  void passOnTo(int port) {
    target = port;
    run("accept", this::accept);
  }

  /** What the callers have sent so far, a character for each byte. */
  String heard() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket caller = listener.accept();
      Socket node = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.addAll(List.of(caller, node));
      run("requests", () -> copy(caller.getInputStream(), node.getOutputStream(), heard));
      run(
          "replies",
          () ->
              copy(
                  node.getInputStream(),
                  caller.getOutputStream(),
                  OutputStream.nullOutputStream()));
    }
  }

  private static void copy(InputStream from, OutputStream to, OutputStream record)
      throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      record.write(buffer, 0, read);
      to.write(buffer, 0, read);
    }
  }

  /** Work that ends when its sockets do. */
  private interface Work {
    void run() throws IOException;
  }

  private void run(String name, Work work) {
    Thread thread = new Thread(() -> untilClosed(work), "tap-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void untilClosed(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
