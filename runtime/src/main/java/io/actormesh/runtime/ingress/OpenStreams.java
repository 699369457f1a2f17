package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import io.actormesh.runtime.telemetry.StreamEnd;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;

/** The streams that are open at the front door, and their limit. Thread-safe. */
final class OpenStreams {

  /** As soon as another node may have taken over. */
  private static final Duration COME_BACK = Duration.ofSeconds(1);

  private final int limit;
  private final ClientConnections clients;
  private final AtomicInteger open = new AtomicInteger();
  private final Set<OpenStream> streams = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Done> over = new CompletableFuture<>();
  private volatile boolean left;

  OpenStreams(int limit, ClientConnections clients) {
    this.limit = limit;
    this.clients = clients;
  }

  /**
   * Opens one for a request; to be ended by {@link OpenStream#end}.
   *
   * @throws InvalidRequestException if too many are open
   */
  OpenStream open(Exchange exchange) {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      throw new InvalidRequestException(
          Problem.of(FailureCode.STREAM_LIMIT, "All " + limit + " streams that may be open are."));
    }
    RouteObserver observer = exchange.counted == null ? RouteObserver.NONE : exchange.counted;
    OpenStream stream = new OpenStream(this, observer, clients.of(exchange.request));
    streams.add(stream);
    observer.streamBegin();
    if (left) {
      stream.cut(StreamEnd.DRAINED, draining());
    }
    return stream;
  }

  int count() {
    return open.get();
  }

  /** Ends all streams, and those that begin from here on at once, telling their clients why. */
  void leave() {
    left = true;
    streams.forEach(stream -> stream.cut(StreamEnd.DRAINED, draining()));
    if (open.get() == 0) {
      over.complete(Done.getInstance());
    }
  }

  /** Completes once the node has left and no stream is open. */
  CompletionStage<Done> over() {
    return over;
  }

  void ended(OpenStream stream) {
    streams.remove(stream);
    if (open.decrementAndGet() == 0 && left) {
      over.complete(Done.getInstance());
    }
  }

  private static Problem draining() {
    return Problem.of(
            FailureCode.DRAINING, "The node is leaving the mesh and ends its streams; come back.")
        .retryAfter(COME_BACK);
  }
}
