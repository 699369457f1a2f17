package io.actormesh.runtime.link;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The listening side of a node: its socket, and the connections of its callers. Thread-safe. */
final class Acceptor {

  private final LinkContext context;
  private final MembershipGate gate;
  private final InboundHandler handler;
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;
  private @Nullable Channel socket;

  Acceptor(LinkContext context, MembershipGate gate, InboundHandler handler) {
    this.context = context;
    this.gate = gate;
    this.handler = handler;
  }

  /** Binds the socket; blocks for the moment that takes. */
  int listen() {
    LinkSettings settings = context.settings();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(context.environment().loops().next().parent())
            .channel(context.environment().loops().serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOCATOR, context.allocator())
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Dialler.waterMark(context.limits()))
            .childHandler(pipeline())
            .bind(settings.bindHost(), settings.bindPort())
            .awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      throw new UncheckedIOException(
          new IOException(
              "the link cannot listen on "
                  + settings.bindHost()
                  + ":"
                  + settings.bindPort()
                  + ": "
                  + cause.getMessage(),
              cause));
    }
    socket = bound.channel();
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  InboundHandler handler() {
    return handler;
  }

  Reception receive(Hello hello) {
    return draining
        ? Reception.refused(CloseReason.DRAINING, "this node is leaving")
        : Reception.of(hello, context.settings(), gate);
  }

  void add(ServerConnection connection) {
    connections.add(connection);
  }

  void remove(ServerConnection connection) {
    connections.remove(connection);
  }

  /** Sends GOAWAY to every caller; completes when each has been told. */
  CompletionStage<Void> goAway(CloseReason reason) {
    draining |= reason == CloseReason.DRAINING;
    return onEach(connection -> connection.goAway(reason));
  }

  /** Completes when every accepted call has been answered. */
  CompletionStage<Void> idle() {
    return onEach(ServerConnection::idle);
  }

  /** Takes no more connections. */
  void stopListening() {
    draining = true;
    Channel listening = socket;
    if (listening != null) {
      var unused = listening.close();
    }
  }

  CompletionStage<Void> close() {
    stopListening();
    return onEach(
        connection -> {
          connection.close(CloseReason.SHUTDOWN, "this node is leaving");
          return CompletableFuture.completedFuture(null);
        });
  }

  private CompletionStage<Void> onEach(Function<ServerConnection, CompletionStage<Void>> action) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (ServerConnection connection : connections) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      all.add(done);
      try {
        connection.loop().execute(() -> action.apply(connection).thenAccept(done::complete));
      } catch (RejectedExecutionException shutDown) {
        done.complete(null);
      }
    }
    return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
  }

  private ChannelInitializer<Channel> pipeline() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        LinkTls tls = context.settings().tls();
        if (tls != null) {
          long timeout = context.times().connectTimeout().toMillis();
          channel.pipeline().addLast(tls.listening(channel, timeout));
        }
        ServerConnection connection = new ServerConnection(Acceptor.this, context, channel);
        channel
            .pipeline()
            .addLast(new ConnectionHandler(connection, context.observer(), context.allocator()));
      }
    };
  }
}
