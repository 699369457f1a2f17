package io.actormesh.runtime.stream;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContextExecutor;

/**
 * Runs the streams that a node sends: users' code, on the pool that services have, never on the
 * links' threads. Thread-safe; one per node.
 */
public final class StreamRunner {

  private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);

  private final ActorSystem<?> system;
  private final Materializer materializer;
  private final ExecutionContextExecutor pool;
  private final Attributes attributes;

  /**
   * Runs streams of the given system.
   *
   * @param dispatcher the path of the pool's configuration
   */
  public StreamRunner(ActorSystem<?> system, String dispatcher) {
    this.system = system;
    this.materializer = Materializer.matFromSystem(system);
    this.pool = system.dispatchers().lookup(DispatcherSelector.fromConfig(dispatcher));
    this.attributes = ActorAttributes.dispatcher(dispatcher);
  }

  /** Runs a source to its end in the sink; returns before it has begun. */
  <T> void run(Source<T, NotUsed> source, Sink<T, ?> sink, Consumer<Throwable> refused) {
    try {
      // Materializing runs users' code, such as mapMaterializedValue: not on an event loop.
      pool.execute(() -> materialize(source, sink, refused));
    } catch (RuntimeException ending) {
      refused.accept(ending);
    }
  }

  private <T> void materialize(
      Source<T, NotUsed> source, Sink<T, ?> sink, Consumer<Throwable> refused) {
    try {
      var unused = source.to(sink).withAttributes(attributes).run(materializer);
    } catch (Throwable broken) {
      // Whatever it is, somebody waits for this stream and would otherwise do so for ever.
      refused.accept(broken);
    }
  }

  /** Starts and cancels a source that nobody will read, so that what feeds it learns of it. */
  public void discard(Source<?, NotUsed> source) {
    run(source, Sink.cancelled(), thrown -> LOG.debug("An unread stream did not start", thrown));
  }

  /** Does something later, unless cancelled before; on the pool. */
  public Cancellable after(Duration delay, Runnable action) {
    return system.scheduler().scheduleOnce(delay, action, pool);
  }
}
