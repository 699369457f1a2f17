package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reads a stream as slowly as a test wants, and writes down what it gets. */
final class TestReader implements Flow.Subscriber<ByteBuf> {

  private final List<byte[]> elements = new CopyOnWriteArrayList<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final int batch;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Throwable failure;

  private TestReader(int batch) {
    this.batch = batch;
  }

  /** Asks for some elements again and again. */
  static TestReader eager(int batch) {
    return new TestReader(batch);
  }

  /** Asks for nothing by itself. */
  static TestReader patient() {
    return new TestReader(0);
  }

  TestReader reading(Flow.Publisher<ByteBuf> stream) {
    stream.subscribe(this);
    return this;
  }

  void request(long more) {
    Objects.requireNonNull(subscription).request(more);
  }

  void cancel() {
    Objects.requireNonNull(subscription).cancel();
  }

  boolean subscribed() {
    return subscription != null;
  }

  int count() {
    return count.get();
  }

  List<byte[]> elements() {
    return elements;
  }

  List<String> texts() {
    return elements.stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
  }

  /** How it ended: empty, "complete", or the fault; more than one entry is a defect. */
  List<String> ends() {
    return ends;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (batch > 0) {
      given.request(batch);
    }
  }

  @Override
  public void onNext(ByteBuf element) {
    elements.add(ByteBufUtil.getBytes(element));
    element.release();
    if (count.incrementAndGet() % Math.max(1, batch) == 0 && batch > 0) {
      request(batch);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    failure = thrown;
    ends.add(thrown instanceof StreamFailure failed ? failed.fault().name() : thrown.toString());
  }

  @Override
  public void onComplete() {
    ends.add("complete");
  }
}
