package io.actormesh.runtime.link;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of a node: they carry its links and, for services that choose so, run its actors.
 * Native epoll where it is to be had, NIO elsewhere. The threads are daemons named {@code
 * <name>-link-<n>}. Thread-safe.
 */
public final class LinkLoops {

  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> loops;
  private final boolean epoll;

  private LinkLoops(MultiThreadIoEventLoopGroup group, boolean epoll) {
    this.group = group;
    this.epoll = epoll;
    List<EventLoop> all = new ArrayList<>();
    for (EventExecutor executor : group) {
      all.add((EventLoop) executor);
    }
    this.loops = List.copyOf(all);
  }

  /**
   * Starts the loops of a node.
   *
   * @param name prefix of the threads' names
   * @param count how many; 0 = one per core
   */
  public static LinkLoops start(String name, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count + " (expected: >= 0)");
    }
    int threads = count == 0 ? Runtime.getRuntime().availableProcessors() : count;
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    LoopThreads factory = new LoopThreads(name + "-link-");
    LinkLoops loops = new LinkLoops(new MultiThreadIoEventLoopGroup(threads, factory, io), epoll);
    loops.loops.forEach(loop -> loop.execute(() -> LoopThreads.bind(loop)));
    return loops;
  }

  /** Some loop, in turn. */
  public EventLoop next() {
    return group.next();
  }

  /** All loops; the list never changes. */
  public List<EventLoop> all() {
    return loops;
  }

  /** Whether the current thread is one of these loops'. */
  public boolean inLoop() {
    return current() != null;
  }

  /** The loop whose thread this is, or null on any other thread. */
  public @Nullable EventLoop current() {
    EventLoop loop = LoopThreads.current();
    return loop != null && loop.parent() == group ? loop : null;
  }

  /** Ends the loops after the given time; links should be closed before. Any thread. */
  public CompletionStage<Void> shutdown(Duration patience) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    var unused =
        group
            .shutdownGracefully(0, patience.toMillis(), TimeUnit.MILLISECONDS)
            .addListener(done -> ended.complete(null));
    return ended;
  }

  Class<? extends ServerSocketChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  Class<? extends SocketChannel> channel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }
}
