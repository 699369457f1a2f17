package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;

/** What is done with streams that nobody reads, or that cannot be read. */
final class RefusedStream {

  private RefusedStream() {}

  /** Subscribes and cancels, so that the producer learns that nobody wants its elements. */
  static void cancel(Flow.Publisher<ByteBuf> unwanted) {
    unwanted.subscribe(new Unwilling());
  }

  /** A stream that fails with the given failure whoever subscribes. */
  static Flow.Publisher<ByteBuf> failed(Throwable failure) {
    return reader -> fail(reader, failure);
  }

  /** Tells a subscriber that it gets nothing. */
  static void fail(Flow.Subscriber<? super ByteBuf> reader, Throwable failure) {
    reader.onSubscribe(new Nothing());
    reader.onError(failure);
  }

  private static final class Unwilling implements Flow.Subscriber<ByteBuf> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(ByteBuf element) {
      element.release();
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {}
  }
}
