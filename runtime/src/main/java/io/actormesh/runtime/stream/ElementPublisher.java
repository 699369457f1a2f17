package io.actormesh.runtime.stream;

import io.actormesh.runtime.codec.ElementCodec;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A user's source as what a link sends: run when the link subscribes, once, its elements encoded on
 * the stream's own thread. It runs no faster than the link asks. A source that its owner has given
 * up before is not touched any more: the owner sees to that.
 */
public final class ElementPublisher implements Flow.Publisher<ByteBuf> {

  private final Source<Object, NotUsed> source;
  private final StreamLife life;
  private final StreamRunner runner;
  private final Encoding encoding;

  /**
   * How elements become buffers.
   *
   * @param maxBytes the largest encoded element
   */
  public record Encoding(ElementCodec codec, ByteBufAllocator buffers, int maxBytes) {}

  /** A source to be sent. */
  public ElementPublisher(
      Source<Object, NotUsed> source, StreamLife life, StreamRunner runner, Encoding encoding) {
    this.source = source;
    this.life = life;
    this.runner = runner;
    this.encoding = encoding;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuf> subscriber) {
    ElementOutput output = new ElementOutput(life, encoding, subscriber);
    Optional<RuntimeException> refused = life.claim(output::kill);
    if (refused.isPresent()) {
      fail(subscriber, refused.get());
    } else {
      runner.run(source, Sink.fromGraph(output), thrown -> notStarted(subscriber, thrown));
    }
  }

  private void notStarted(Flow.Subscriber<? super ByteBuf> subscriber, Throwable thrown) {
    StreamFailure failure = Faults.ofProducer(thrown);
    life.end(failure.fault());
    fail(subscriber, failure);
  }

  private static void fail(Flow.Subscriber<? super ByteBuf> subscriber, Throwable failure) {
    subscriber.onSubscribe(new Nothing());
    subscriber.onError(
        failure instanceof StreamFailure
            ? failure
            : new StreamFailure(StreamFault.INTERNAL, failure.toString()));
  }

  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {}
  }
}
