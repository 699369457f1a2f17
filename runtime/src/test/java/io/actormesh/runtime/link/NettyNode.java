package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A node with nothing but links over TCP, on loopback. */
final class NettyNode implements AutoCloseable {

  static final LinkTimes QUICK =
      new LinkTimes(
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMillis(10),
          Duration.ofMillis(100));

  final Served served = new Served();
  final List<String> states = new CopyOnWriteArrayList<>();
  final List<String> goneCallers = new CopyOnWriteArrayList<>();

  /** Ends of streams that this node's connections hold. */
  final AtomicInteger openStreams = new AtomicInteger();

  private final Map<LinkObserver.Drop, AtomicInteger> drops =
      new EnumMap<>(LinkObserver.Drop.class);
  private final LinkLoops loops;
  private final NettyLinkTransport transport;
  private final String name;
  private final long incarnation;

  NettyNode(String name, long incarnation) {
    this(name, incarnation, settings -> settings, MembershipGate.open());
  }

  NettyNode(
      String name, long incarnation, UnaryOperator<LinkSettings> change, MembershipGate gate) {
    this.name = name;
    this.incarnation = incarnation;
    for (LinkObserver.Drop drop : LinkObserver.Drop.values()) {
      drops.put(drop, new AtomicInteger());
    }
    loops = LinkLoops.start(name, 2);
    LinkSettings settings =
        change.apply(LinkSettings.of("test", this::self, "127.0.0.1").withTimes(QUICK));
    transport = NettyLinkTransport.start(settings, environment(), gate, served);
  }

  private LinkEnvironment environment() {
    LinkStateListener listener = (peer, before, now, why) -> states.add(now + ": " + why);
    return new LinkEnvironment(
        loops, Ticker.system(), new SplittableRandom(7), listener, observer());
  }

  private LinkObserver observer() {
    return new LinkObserver() {
      @Override
      public void onDropped(Drop drop) {
        var unused = count(drop).incrementAndGet();
      }

      @Override
      public void onStreamOpened(boolean sent) {
        openStreams.incrementAndGet();
      }

      @Override
      public void onStreamEnded(boolean sent, @Nullable StreamFault fault) {
        openStreams.decrementAndGet();
      }

      @Override
      public void onCallerDisconnected(String nodeAddress, String why) {
        goneCallers.add(why);
      }
    };
  }

  AtomicInteger count(LinkObserver.Drop drop) {
    return java.util.Objects.requireNonNull(drops.get(drop));
  }

  NettyLinkTransport transport() {
    return transport;
  }

  private LinkPeer self() {
    return new LinkPeer(name, name + ":1", incarnation, "127.0.0.1", 0);
  }

  LinkPeer peer() {
    return peerAt(transport.boundPort());
  }

  /** The node as others see it that reach it through another port. */
  LinkPeer peerAt(int port) {
    return new LinkPeer(name, name + ":1", incarnation, "127.0.0.1", port);
  }

  /** Returns when the loops have done what had been handed to them. */
  void settle() {
    loops.all().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
  }

  @Override
  public void close() {
    try {
      transport.close(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
      loops.shutdown(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception stuck) {
      throw new AssertionError("node " + name + " does not close", stuck);
    }
  }
}
