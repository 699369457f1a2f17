package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sends the texts "0", "1", … all at once when asked for one, cancelled or not, then completes. */
final class RecklessProducer implements Flow.Publisher<ByteBuf>, Flow.Subscription {

  private final int count;
  private final List<ByteBuf> sent = new CopyOnWriteArrayList<>();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicInteger cancelled = new AtomicInteger();
  private volatile Flow.@Nullable Subscriber<? super ByteBuf> reader;

  RecklessProducer(int count) {
    this.count = count;
  }

  /** How often it was cancelled. */
  int cancelled() {
    return cancelled.get();
  }

  boolean everythingReleased() {
    return sent.size() == count && sent.stream().allMatch(element -> element.refCnt() == 0);
  }

  List<String> first(int number) {
    return IntStream.range(0, number).mapToObj(Integer::toString).toList();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuf> subscriber) {
    reader = subscriber;
    subscriber.onSubscribe(this);
  }

  @Override
  public void request(long elements) {
    Flow.Subscriber<? super ByteBuf> told = reader;
    if (told == null || !asked.compareAndSet(false, true)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      byte[] text = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
      // Not pooled: a buffer that is used again would not look released.
      ByteBuf element = Unpooled.copiedBuffer(text);
      sent.add(element);
      told.onNext(element);
    }
    told.onComplete();
  }

  @Override
  public void cancel() {
    cancelled.incrementAndGet();
  }
}
