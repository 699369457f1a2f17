package io.actormesh.runtime.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Dials a lane's peer until a handshake succeeds: soon again while the peer does not know this node
 * yet, after a growing wait when it failed. On the lane's loop.
 */
final class Dialler {

  private static final long NOT_YET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Lane lane;
  private final LinkContext context;
  private final LoopTools tools;
  private final Backoff backoff;
  private @Nullable CallerConnection dialled;
  private @Nullable Future<?> timer;
  private long firstDialNanos;
  private boolean dialling;
  private boolean stopped;

  Dialler(Lane lane, LinkContext context, LoopTools tools) {
    this.lane = lane;
    this.context = context;
    this.tools = tools;
    this.backoff = new Backoff(context.times(), context.environment().random());
  }

  void dial() {
    if (dialling || stopped) {
      return;
    }
    dialling = true;
    firstDialNanos = context.ticker().nowNanos();
    connect();
  }

  /** Dials after a back-off. */
  void redialLater() {
    if (!stopped) {
      dialling = false;
      after(backoff.nextNanos(), this::dial);
    }
  }

  void succeeded() {
    cancelTimer();
    dialling = false;
    dialled = null;
    backoff.reset();
  }

  void stop() {
    stopped = true;
    cancelTimer();
    CallerConnection connection = dialled;
    dialled = null;
    if (connection != null) {
      connection.close(LinkFailure.CLOSED, CloseReason.SHUTDOWN, "no longer needed");
    }
  }

  /** A connection closed before its handshake was over. */
  void onGone(CallerConnection connection, String why) {
    if (connection != dialled || stopped) {
      return;
    }
    dialled = null;
    cancelTimer();
    boolean notYet = connection.closedBecause() == CloseReason.NOT_YET_IN_VIEW;
    if (notYet && leftNanos() > NOT_YET_NANOS) {
      after(NOT_YET_NANOS, this::connect);
    } else {
      lane.redialLater(why);
    }
  }

  private void connect() {
    if (stopped) {
      return;
    }
    LinkPeer peer = lane.peer();
    long timeout = Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos()));
    after(leftNanos(), () -> timedOut(timeout));
    var unused =
        new Bootstrap()
            .group(tools.loop())
            .channel(context.environment().loops().channel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.ALLOCATOR, context.allocator())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(context.limits()))
            .handler(pipeline(peer, timeout))
            .connect(peer.linkHost(), peer.linkPort())
            .addListener((ChannelFuture done) -> connected(done));
  }

  private ChannelInitializer<Channel> pipeline(LinkPeer peer, long timeoutMillis) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        LinkTls tls = context.settings().tls();
        if (tls != null) {
          channel
              .pipeline()
              .addLast(tls.dialling(channel, peer.linkHost(), peer.linkPort(), timeoutMillis));
        }
        CallerConnection connection = new CallerConnection(lane, context, tools, channel);
        dialled = connection;
        channel
            .pipeline()
            .addLast(new ConnectionHandler(connection, context.observer(), context.allocator()));
      }
    };
  }

  private void connected(ChannelFuture done) {
    Throwable cause = done.cause();
    CallerConnection connection = dialled;
    if (cause != null && connection != null) {
      connection.onGone(String.valueOf(cause.getMessage()));
    } else if (cause != null && !stopped) {
      cancelTimer();
      lane.redialLater(String.valueOf(cause.getMessage()));
    } else if (stopped) {
      var unused = done.channel().close();
    }
  }

  private void timedOut(long millis) {
    CallerConnection connection = dialled;
    if (connection != null) {
      connection.close(
          LinkFailure.NOT_CONNECTED,
          CloseReason.SHUTDOWN,
          "no handshake with " + lane.peerText() + " within " + millis + " ms");
    }
  }

  private long leftNanos() {
    long passed = context.ticker().nowNanos() - firstDialNanos;
    return Math.max(0, context.times().connectTimeout().toNanos() - passed);
  }

  private void after(long nanos, Runnable task) {
    cancelTimer();
    try {
      timer = tools.loop().schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException shutDown) {
      stopped = true;
    }
  }

  private void cancelTimer() {
    Future<?> armed = timer;
    timer = null;
    if (armed != null) {
      armed.cancel(false);
    }
  }

  static WriteBufferWaterMark waterMark(LinkLimits limits) {
    return new WriteBufferWaterMark(limits.lowWatermark(), limits.highWatermark());
  }
}
