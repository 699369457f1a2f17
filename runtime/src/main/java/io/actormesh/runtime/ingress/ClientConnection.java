package io.actormesh.runtime.ingress;

import java.io.IOException;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A client's connection, as far as the front door has to know it to end it. Thread-safe. */
final class ClientConnection {

  private final Socket socket;
  private final AtomicInteger requests = new AtomicInteger();

  /** When it is to have asked for something new, else it is cut. */
  private final AtomicLong dueNanos;

  /** Streams that wait to be read over it. */
  private final Set<OpenStream> unread = new HashSet<>(0);

  private boolean over;

  ClientConnection(Socket socket, long dueNanos) {
    this.socket = socket;
    this.dueNanos = new AtomicLong(dueNanos);
  }

  /** The head of a request is here. */
  void begin() {
    requests.incrementAndGet();
  }

  /**
   * A request is answered.
   *
   * @param nextNanos when the next one is due; the latest of all answers counts
   */
  void end(long nextNanos) {
    dueNanos.accumulateAndGet(nextNanos, (one, other) -> one - other >= 0 ? one : other);
    requests.decrementAndGet();
  }

  /** A stream waits to be read over it, and is given up if nobody can any more. */
  void awaitReader(OpenStream stream) {
    synchronized (unread) {
      if (!over) {
        unread.add(stream);
        return;
      }
    }
    stream.giveUp();
  }

  /** A stream does not wait any more. */
  void read(OpenStream stream) {
    synchronized (unread) {
      unread.remove(stream);
    }
  }

  /** Nothing can be read over it any more. */
  void over() {
    List<OpenStream> left;
    synchronized (unread) {
      over = true;
      left = List.copyOf(unread);
      unread.clear();
    }
    left.forEach(OpenStream::giveUp);
  }

  boolean isIdle() {
    return requests.get() == 0;
  }

  boolean isOverdue(long nowNanos) {
    return isIdle() && nowNanos - dueNanos.get() > 0;
  }

  long dueNanos() {
    return dueNanos.get();
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  /**
   * Ends the connection without another word. The channel belongs to Pekko's selector, which would
   * never hear of it if it were closed here: shut down, it reads or writes once more in vain and
   * closes the channel itself, with a reset that leaves nothing behind in the kernel either.
   */
  void cut() {
    try {
      socket.setSoLinger(true, 0);
      socket.shutdownInput();
      socket.shutdownOutput();
    } catch (IOException gone) {
      // Closed by its client, or by Pekko, in the meantime: all that was wanted.
    }
  }
}
