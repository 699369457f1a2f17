package io.actormesh.runtime.ingress;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Tcp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port whose connections speak what {@link HttpStacks} offers. Thread-safe. */
final class HttpServer {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final Tcp.ServerBinding binding;
  private final OpenConnections connections;

  private HttpServer(Tcp.ServerBinding binding, OpenConnections connections) {
    this.binding = binding;
    this.connections = connections;
  }

  /** Listens; fails if the address cannot be bound. */
  static CompletionStage<HttpServer> bind(
      ActorSystem<?> system,
      InetSocketAddress address,
      ServerSettings settings,
      HttpStacks stacks,
      OpenConnections connections,
      ClientConnections clients) {
    Materializer materializer = SystemMaterializer.get(system).materializer();
    return Tcp.get(system)
        .bind(
            address.getHostString(),
            address.getPort(),
            settings.getBacklog(),
            settings.getSocketOptions(),
            false,
            Optional.<Duration>empty())
        .mapAsyncUnordered(
            settings.getMaxConnections(),
            connection -> serve(connection, stacks, connections, clients, materializer))
        .to(Sink.ignore())
        .run(materializer)
        .thenApply(binding -> new HttpServer(binding, connections));
  }

  InetSocketAddress localAddress() {
    return binding.localAddress();
  }

  /** Asks HTTP/2 clients to open no more streams on their connections; those go on. */
  void leave() {
    connections.leave();
  }

  /** Stops listening. */
  CompletionStage<Done> unbind() {
    return binding.unbind().thenApply(unbound -> Done.done());
  }

  /** Stops listening and closes all connections, those with requests in flight last. */
  CompletionStage<Done> terminate(Duration hardDeadline) {
    return binding
        .unbind()
        .thenCompose(unbound -> connections.close(hardDeadline))
        .thenApply(closed -> Done.done());
  }

  private static CompletionStage<Done> serve(
      Tcp.IncomingConnection connection,
      HttpStacks stacks,
      OpenConnections connections,
      ClientConnections clients,
      Materializer materializer) {
    ClientConnection client = clients.of(connection.remoteAddress());
    try {
      return connection
          .handleWith(
              stacks
                  .flow(connection.remoteAddress())
                  .watchTermination((stack, end) -> track(stack, end, connections)),
              materializer)
          // A connection that fails, as TCP connections do, must not take the others with it.
          .handle(
              (end, failure) -> {
                if (client != null) {
                  client.over();
                }
                return Done.done();
              });
    } catch (RuntimeException failure) {
      LOG.error("Cannot serve the connection from {}", connection.remoteAddress(), failure);
      return CompletableFuture.completedFuture(Done.done());
    }
  }

  private static CompletionStage<Done> track(
      CompletionStage<OpenConnections.Closing> stack,
      CompletionStage<Done> end,
      OpenConnections connections) {
    var unused =
        stack.thenAccept(
            closing -> {
              connections.add(closing);
              end.whenComplete((done, failure) -> connections.remove(closing));
            });
    return end;
  }
}
