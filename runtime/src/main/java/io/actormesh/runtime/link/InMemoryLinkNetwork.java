package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network within one process, for tests: transports that are joined to it reach one another
 * through the same handlers as over TCP, with payloads copied as bytes. Everything happens on one
 * executor; with one that a test advances by hand, and the same test's ticker, a mesh runs in
 * virtual time. Faults are put in by node address.
 */
public final class InMemoryLinkNetwork {

  private final ScheduledExecutorService executor;
  private final Ticker ticker;
  private final Map<String, InMemoryLinkTransport> nodes = new ConcurrentHashMap<>();
  private final Map<String, Boolean> silenced = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(1);
  private volatile Duration delay = Duration.ZERO;

  /**
   * Makes an empty network.
   *
   * @param executor runs all deliveries and time-outs; must have one thread, and is not ended
   * @param ticker the clock of deadlines
   */
  public InMemoryLinkNetwork(ScheduledExecutorService executor, Ticker ticker) {
    this.executor = executor;
    this.ticker = ticker;
  }

  /** Joins a node; the port in its settings is not used. */
  public LinkTransport join(
      LinkSettings settings,
      MembershipGate gate,
      InboundHandler handler,
      LinkStateListener stateListener) {
    InMemoryLinkTransport node =
        new InMemoryLinkTransport(
            this, settings, gate, handler, stateListener, ports.getAndIncrement());
    nodes.put(settings.self().get().nodeAddress(), node);
    return node;
  }

  /** Breaks every connection to and from a node, as if its process had died and come back. */
  public void breakConnections(String nodeAddress) {
    executor.execute(
        () -> nodes.values().forEach(node -> node.breakWith(nodeAddress, "the connection broke")));
  }

  /** Removes a node, as if its process had died: its connections break and nobody can dial it. */
  public void kill(String nodeAddress) {
    nodes.remove(nodeAddress);
    breakConnections(nodeAddress);
  }

  /** Lets nothing through to and from a node, without a word to the others; or again everything. */
  public void silence(String nodeAddress, boolean silent) {
    if (silent) {
      silenced.put(nodeAddress, true);
    } else {
      silenced.remove(nodeAddress);
    }
  }

  /** How long every message is under way from now on. */
  public void delay(Duration each) {
    delay = each;
  }

  boolean silent(String one, String other) {
    return silenced.containsKey(one) || silenced.containsKey(other);
  }

  @Nullable InMemoryLinkTransport node(String address) {
    return nodes.get(address);
  }

  /** Tells every node that one takes no new calls. */
  void goAway(InMemoryLinkTransport leaving) {
    nodes.values().forEach(node -> node.onGoAway(leaving.address()));
  }

  void left(String address, InMemoryLinkTransport node) {
    nodes.remove(address, node);
  }

  ScheduledExecutorService executor() {
    return executor;
  }

  Ticker ticker() {
    return ticker;
  }

  /** Runs a delivery after the network's delay; in order for equal delays. */
  void deliver(Runnable message) {
    Duration wait = delay;
    if (wait.isZero()) {
      executor.execute(message);
    } else {
      var unused = executor.schedule(message, wait.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
