package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stream of elements that are made when they are asked for, on the thread that asks. It counts
 * what it has made, and notes what became of it.
 */
final class TestProducer implements Flow.Publisher<ByteBuf>, Flow.Subscription {

  private final IntFunction<byte[]> element;
  private final int count;
  private final @Nullable Throwable failure;
  private final AtomicInteger subscriptions = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicLong wanted = new AtomicLong();
  private volatile Flow.@Nullable Subscriber<? super ByteBuf> reader;
  private volatile boolean over;
  private volatile boolean cancelled;

  private TestProducer(IntFunction<byte[]> element, int count, @Nullable Throwable failure) {
    this.element = element;
    this.count = count;
    this.failure = failure;
  }

  /** The texts "0", "1", … up to a number of them. */
  static TestProducer of(int count) {
    return new TestProducer(TestProducer::text, count, null);
  }

  static TestProducer endless() {
    return of(Integer.MAX_VALUE);
  }

  /** Elements of a size; each byte is the element's number. */
  static TestProducer sized(int count, int bytes) {
    return new TestProducer(number -> filled(number, bytes), count, null);
  }

  /** Elements whose sizes depend on their numbers. */
  static TestProducer of(int count, java.util.function.IntUnaryOperator size) {
    return new TestProducer(number -> filled(number, size.applyAsInt(number)), count, null);
  }

  static TestProducer failing(int count, Throwable failure) {
    return new TestProducer(TestProducer::text, count, failure);
  }

  private static byte[] text(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] filled(int number, int bytes) {
    byte[] filled = new byte[bytes];
    java.util.Arrays.fill(filled, (byte) number);
    return filled;
  }

  int subscriptions() {
    return subscriptions.get();
  }

  int made() {
    return made.get();
  }

  boolean cancelled() {
    return cancelled;
  }

  /** Whether it has completed, failed or been cancelled. */
  boolean over() {
    return over;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuf> subscriber) {
    if (subscriptions.incrementAndGet() > 1) {
      throw new IllegalStateException("subscribed twice");
    }
    reader = subscriber;
    subscriber.onSubscribe(this);
  }

  @Override
  public void request(long elements) {
    if (wanted.getAndAdd(elements) > 0) {
      return;
    }
    long left = elements;
    while (left > 0) {
      for (long i = 0; i < left; i++) {
        emit();
      }
      left = wanted.addAndGet(-left);
    }
  }

  private void emit() {
    Flow.Subscriber<? super ByteBuf> told = reader;
    if (over || told == null) {
      return;
    }
    int number = made.get();
    if (number < count) {
      made.incrementAndGet();
      byte[] bytes = element.apply(number);
      told.onNext(PooledByteBufAllocator.DEFAULT.buffer(bytes.length).writeBytes(bytes));
    }
    if (made.get() == count && !over) {
      end(told);
    }
  }

  private void end(Flow.Subscriber<? super ByteBuf> told) {
    over = true;
    if (failure == null) {
      told.onComplete();
    } else {
      told.onError(failure);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    over = true;
  }
}
