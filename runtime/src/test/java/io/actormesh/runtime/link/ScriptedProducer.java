package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A producer that has elements, and ends, when the test says so. Each element begins with its
 * number; some are empty but for it, some large. Writes down when it is asked for more than it may
 * be.
 */
final class ScriptedProducer implements Flow.Publisher<ByteBuf>, Flow.Subscription {

  private static final int[] PADDING = {0, 1, 100, 0, 40_000, 7};

  private final LongSupplier mostWanted;
  private final Queue<ByteBuf> sent = new ConcurrentLinkedQueue<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private Flow.@Nullable Subscriber<? super ByteBuf> reader;
  private int ready;
  private int made;
  private long wanted;
  private boolean closing;
  private boolean failing;
  private boolean busy;
  private boolean over;

  /** Whoever asks it may have asked for at most so many elements by then, in sum. */
  ScriptedProducer(LongSupplier mostWanted) {
    this.mostWanted = mostWanted;
  }

  /** It has some more elements to give. */
  synchronized void make(int elements) {
    if (!closing) {
      ready += elements;
      go();
    }
  }

  /** It ends when it has given what it has. */
  synchronized void end(boolean fails) {
    if (!closing) {
      closing = true;
      failing = fails;
      go();
    }
  }

  synchronized int ready() {
    return ready;
  }

  synchronized String expectedEnd() {
    return failing ? "FAILED" : "complete";
  }

  /** Whether it has ended, been cancelled, or never begun. */
  synchronized boolean quiet() {
    return over || reader == null;
  }

  List<String> wrong() {
    return wrong;
  }

  boolean everythingReleased() {
    return sent.stream().allMatch(element -> element.refCnt() == 0);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuf> subscriber) {
    synchronized (this) {
      if (reader != null) {
        wrong.add("subscribed twice");
      }
      reader = subscriber;
    }
    subscriber.onSubscribe(this);
  }

  @Override
  public synchronized void request(long elements) {
    wanted += elements;
    long most = mostWanted.getAsLong();
    if (wanted > most) {
      wrong.add(wanted + " elements wanted where " + most + " may be");
    }
    go();
  }

  @Override
  public synchronized void cancel() {
    over = true;
  }

  private void go() {
    Flow.Subscriber<? super ByteBuf> told = reader;
    if (busy || told == null) {
      return;
    }
    busy = true;
    while (!over && made < ready && made < wanted) {
      told.onNext(element(made++));
    }
    if (!over && closing && made == ready) {
      over = true;
      if (failing) {
        told.onError(new IllegalStateException("out of ink"));
      } else {
        told.onComplete();
      }
    }
    busy = false;
  }

  private ByteBuf element(int number) {
    int padding = PADDING[number % PADDING.length];
    ByteBuf element = PooledByteBufAllocator.DEFAULT.buffer(4 + padding);
    element.writeInt(number).writeZero(padding);
    sent.add(element);
    return element;
  }
}
