package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Ends streams when the node leaves, before their connections are closed: the HTTP server takes a
 * request whose response has begun for one that is over.
 */
final class StreamDrain {

  /** For streams to say why they end, and for clients to read it. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  /**
   * From the end of the last stream to the closing of connections: its last bytes are on the way.
   */
  private static final Duration FLUSH = Duration.ofMillis(300);

  private final ActorSystem<?> system;
  private final OpenStreams streams;
  private final Ticker ticker;

  StreamDrain(ActorSystem<?> system, OpenStreams streams, Ticker ticker) {
    this.system = system;
    this.streams = streams;
    this.ticker = ticker;
  }

  int open() {
    return streams.count();
  }

  /** Has the streams go on for a while, and end then. */
  void endIn(Duration patience) {
    after(patience, streams::leave);
  }

  /**
   * Waits until all streams are over, and ends those that are not in time.
   *
   * @return completes with what is left of the time
   */
  CompletionStage<Duration> end(Duration time) {
    if (streams.count() == 0) {
      return CompletableFuture.completedFuture(time);
    }
    long began = ticker.nowNanos();
    Duration half = time.dividedBy(2);
    Duration words = half.compareTo(LAST_WORDS) < 0 ? half : LAST_WORDS;
    CompletableFuture<Done> over = new CompletableFuture<>();
    after(time.minus(words), streams::leave);
    var unused = streams.over().thenRun(() -> after(FLUSH, () -> over.complete(Done.done())));
    after(time.minus(words.dividedBy(4)), () -> over.complete(Done.done()));
    return over.thenApply(done -> left(time.minusNanos(ticker.nowNanos() - began)));
  }

  private static Duration left(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  private void after(Duration delay, Runnable step) {
    system.scheduler().scheduleOnce(delay, step, system.executionContext());
  }
}
