package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads numbered elements, and writes down each signal that is not as it should be. */
final class StrictReader implements Flow.Subscriber<ByteBuf> {

  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private volatile int received;
  private Flow.@Nullable Subscription subscription;
  private long wanted;
  private boolean subscribing;
  private boolean cancelled;

  /** Subscribes, unless it has. */
  void read(Flow.Publisher<ByteBuf> stream) {
    if (!subscribing) {
      subscribing = true;
      stream.subscribe(this);
    }
  }

  boolean cancelled() {
    return cancelled;
  }

  boolean subscribing() {
    return subscribing;
  }

  int received() {
    return received;
  }

  List<String> ends() {
    return ends;
  }

  List<String> wrong() {
    return wrong;
  }

  /** Asks for more now, or as soon as it can. */
  void request(long elements) {
    Flow.Subscription asked;
    synchronized (this) {
      wanted += elements;
      asked = subscription;
    }
    if (asked != null) {
      asked.request(elements);
    }
  }

  /** Cancels if it has subscribed. */
  void cancel() {
    Flow.Subscription ended;
    synchronized (this) {
      ended = subscription;
      cancelled |= ended != null;
    }
    if (ended != null) {
      ended.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    long asked;
    synchronized (this) {
      if (subscription != null) {
        wrong.add("a second subscription");
      }
      subscription = given;
      asked = wanted;
    }
    if (asked > 0) {
      given.request(asked);
    }
  }

  @Override
  public void onNext(ByteBuf element) {
    int number = element.readInt();
    element.release();
    if (number != received) {
      wrong.add("element " + number + " where " + received + " was due");
    }
    synchronized (this) {
      if (received >= wanted) {
        wrong.add("element " + number + " that was not asked for");
      }
    }
    if (!ends.isEmpty()) {
      wrong.add("element " + number + " after the end");
    }
    received = number + 1;
  }

  @Override
  public void onError(Throwable thrown) {
    ends.add(thrown instanceof StreamFailure failed ? failed.fault().name() : thrown.toString());
  }

  @Override
  public void onComplete() {
    ends.add("complete");
  }
}
