package io.actormesh.runtime.client;

import io.actormesh.runtime.codec.ElementCodec;
import io.actormesh.runtime.contract.Shape;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import io.actormesh.runtime.stream.ElementPublisher;
import io.actormesh.runtime.stream.ElementPublisher.Encoding;
import io.actormesh.runtime.stream.MeshSources;
import io.actormesh.runtime.stream.StreamFailures;
import io.actormesh.runtime.stream.StreamLife;
import io.actormesh.runtime.stream.StreamObserver;
import io.actormesh.runtime.telemetry.EdgeStats;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The stream that a caller sends with a call. Attempts share it until one of them is asked for the
 * first element; from then on it belongs to that attempt, and the call is not tried again.
 */
final class CallArgument implements StreamObserver {

  private final Source<Object, NotUsed> source;
  private final ClientStreams streams;
  private final StreamLife life;
  private final Source<Object, NotUsed> local;
  private final ElementPublisher published;
  private volatile boolean started;
  private volatile @Nullable EdgeStats edge;
  private volatile @Nullable Cancellable timeout;

  CallArgument(
      String name,
      Source<Object, NotUsed> source,
      Shape element,
      ElementCodec codec,
      int maxBytes,
      ClientStreams streams) {
    this.source = source;
    this.streams = streams;
    this.life = new StreamLife(name, this);
    this.local = MeshSources.produced(source, life, element.rawType());
    this.published =
        new ElementPublisher(
            source, life, streams.runner(), new Encoding(codec, streams.buffers(), maxBytes));
  }

  static <C> @Nullable CallArgument of(OperationTarget<C> target, C message, int maxBytes) {
    Shape element = target.operation().argumentElement().orElse(null);
    if (element == null) {
      return null;
    }
    Source<Object, NotUsed> sent = target.operation().argument(message);
    String name = target.key().service() + "/" + target.operation().name();
    if (sent == null) {
      throw new IllegalArgumentException("message: " + name + " without its Source (it is null)");
    }
    return new CallArgument(
        "the stream sent to " + name,
        sent,
        element,
        target.codec().argumentElements(),
        maxBytes,
        target.streams());
  }

  /** What a message to this node itself holds. */
  Source<Object, NotUsed> local() {
    return local;
  }

  /** What a link sends. */
  Flow.Publisher<ByteBuf> published() {
    return published;
  }

  /** Whether an attempt has been asked for elements: they cannot be sent twice. */
  boolean taken() {
    return !life.waiting();
  }

  /** An attempt carries it from now on. */
  void carriedBy(EdgeStats at) {
    edge = at;
  }

  /** The call has ended. What was answered may still be read; what has failed is not. */
  void callEnded(boolean answered) {
    if (!answered) {
      life.kill(new StreamFailure(StreamFault.CANCELLED, "the call that sends it has ended"));
    } else if (life.waiting()) {
      timeout = streams.runner().after(streams.subscribeTimeout(), this::giveUp);
    }
  }

  private void giveUp() {
    life.giveUp(new StreamFailure(StreamFault.UNREAD, "the service has not asked for it in time"));
  }

  @Override
  public void started() {
    started = true;
    stopTimeout();
    EdgeStats at = edge;
    if (at != null) {
      at.streamOpened();
    }
  }

  @Override
  public void element() {
    EdgeStats at = edge;
    if (at != null) {
      at.streamElement();
    }
  }

  @Override
  public void ended(@Nullable StreamFault fault) {
    stopTimeout();
    EdgeStats at = edge;
    if (!started) {
      streams.runner().discard(source);
    } else if (at != null) {
      at.streamEnded(fault == null ? null : StreamFailures.ofArgument(fault));
    }
  }

  private void stopTimeout() {
    Cancellable pending = timeout;
    if (pending != null) {
      pending.cancel();
    }
  }
}
