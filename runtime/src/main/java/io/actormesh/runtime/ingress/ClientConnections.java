package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.io.Inet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients' connections, which end when they do not get to the point.
 *
 * <p>Pekko's idle time-out is about bytes: a client that sends one now and then, of a TLS
 * handshake, of a head that never ends or of HTTP/2 control frames, holds its connection for good.
 * Here the clock runs from one answer to the next complete head, whatever is sent in between. Pekko
 * shows a connection's socket in one place only, socket options, which is why this is one.
 * Thread-safe.
 */
final class ClientConnections extends Inet.AbstractSocketOption {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

  /** How often at most the log is told that the limit is reached. */
  private static final long QUIET_NANOS = 60_000_000_000L;

  /** How long connections are turned away before idle ones are looked for again. */
  private static final long FULL_NANOS = 50_000_000L;

  private final Map<SocketAddress, ClientConnection> open = new ConcurrentHashMap<>();

  /** What is cut, until Pekko has noticed. */
  private final Set<ClientConnection> cut = ConcurrentHashMap.newKeySet();

  private final ConnectionLimits limits;
  private final Ticker ticker;
  private final long headNanos;
  private volatile long fullUntilNanos;
  private volatile long toldNanos;

  ClientConnections(ConnectionLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.headNanos = limits.headTimeout().toNanos();
    this.fullUntilNanos = ticker.nowNanos();
    this.toldNanos = ticker.nowNanos() - QUIET_NANOS;
  }

  /** Called by Pekko for each connection that it accepts, before anything is read from it. */
  @Override
  public void afterConnect(Socket socket) {
    SocketAddress client = socket.getRemoteSocketAddress();
    if (client == null) {
      // Gone before it came.
      return;
    }
    long now = ticker.nowNanos();
    ClientConnection connection = new ClientConnection(socket, now + headNanos);
    if (open.size() < limits.max() || makeRoom(now)) {
      open.put(client, connection);
    } else {
      end(connection);
    }
  }

  /** The connection of a client; null if it is not, or no more, known. */
  @Nullable ClientConnection of(InetSocketAddress client) {
    return open.get(client);
  }

  /** The connection of a request; null if it is not, or no more, known. */
  @Nullable ClientConnection of(HttpRequest request) {
    RemoteAddress client = request.getAttribute(AttributeKeys.remoteAddress).orElse(null);
    if (client == null || client.getAddress().isEmpty()) {
      return null;
    }
    return of(new InetSocketAddress(client.getAddress().get(), client.getPort()));
  }

  /** ClientConnections that are open, be it that they are being cut. */
  int count() {
    return (int)
        Stream.concat(open.values().stream(), cut.stream())
            .filter(connection -> !connection.isClosed())
            .count();
  }

  /**
   * When the next request is due on a connection whose answer begins to be sent.
   *
   * @param bytes of the answer, for which its client is given time to read
   */
  long nextDue(long bytes) {
    return ticker.nowNanos() + limits.idleNanos(bytes);
  }

  /** Forgets what is closed and cuts what is overdue. */
  void sweep() {
    long now = ticker.nowNanos();
    cut.removeIf(ClientConnection::isClosed);
    open.forEach(
        (client, connection) -> {
          if (connection.isClosed()) {
            open.remove(client, connection);
          } else if (connection.isOverdue(now)) {
            cut(client, connection);
          }
        });
  }

  /**
   * At the limit, those go that have been idle longest, several at a time to look for them rarely.
   */
  private synchronized boolean makeRoom(long now) {
    if (now - fullUntilNanos < 0) {
      return false;
    }
    sweep();
    if (open.size() >= limits.max()) {
      List<Map.Entry<SocketAddress, ClientConnection>> idle = longestIdle();
      idle.forEach(one -> cut(one.getKey(), one.getValue()));
      tell(now, idle.size());
    }
    if (open.size() < limits.max()) {
      return true;
    }
    fullUntilNanos = now + FULL_NANOS;
    return false;
  }

  private List<Map.Entry<SocketAddress, ClientConnection>> longestIdle() {
    // The due times move on while they are compared: sorted by what they are now.
    record Due(Map.Entry<SocketAddress, ClientConnection> entry, long nanos) {}
    long base = ticker.nowNanos();
    return open.entrySet().stream()
        .filter(one -> one.getValue().isIdle())
        .map(one -> new Due(one, one.getValue().dueNanos() - base))
        .sorted(Comparator.comparingLong(Due::nanos))
        .limit(limits.max() / 64 + 1)
        .map(Due::entry)
        .toList();
  }

  private void cut(SocketAddress client, ClientConnection connection) {
    open.remove(client, connection);
    end(connection);
  }

  private void end(ClientConnection connection) {
    cut.add(connection);
    connection.cut();
  }

  private void tell(long now, int closed) {
    if (now - toldNanos < QUIET_NANOS) {
      return;
    }
    toldNanos = now;
    LOG.warn(
        "The front door has all of its {} connections (actormesh.ingress.max-connections): {}",
        limits.max(),
        closed == 0
            ? "none is idle, new ones are turned away"
            : "those that have been idle longest are closed for new ones");
  }
}
