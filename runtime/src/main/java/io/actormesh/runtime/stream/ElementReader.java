package io.actormesh.runtime.stream;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where a link puts the elements of a stream, and its reader takes them: a ring of as many places
 * as are ever asked for. One thread puts, one takes; whoever comes last when it is closed releases
 * what is left.
 */
final class ElementReader implements Flow.Subscriber<ByteBuf> {

  /** The most elements that are asked for and not yet taken. */
  static final int AHEAD = 64;

  /** How many are asked for at first; one more with each that is taken. */
  private static final int AHEAD_FIRST = 4;

  /** About how many bytes may wait here; beyond them elements are asked for one by one. */
  private static final int AHEAD_BYTES = 128 * 1024;

  private final AtomicReferenceArray<@Nullable ByteBuf> ring = new AtomicReferenceArray<>(AHEAD);
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final Runnable wakeUp;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Ending ending;
  private volatile boolean closed;

  // The link's.
  private int put;

  // The reader's.
  private int taken;
  private int outstanding;
  private int ahead = AHEAD_FIRST;

  /** The size of the largest element of late. */
  private int largest = 1;

  /** How the stream ended; null if it came to its end. */
  record Ending(@Nullable Throwable failure) {}

  ElementReader(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public void onSubscribe(Flow.Subscription granted) {
    subscription = granted;
    if (closed) {
      granted.cancel();
    } else {
      wakeUp.run();
    }
  }

  @Override
  public void onNext(ByteBuf element) {
    ring.set(put & (AHEAD - 1), element);
    put++;
    if (closed) {
      releaseAll();
    } else {
      tellReader();
    }
  }

  @Override
  public void onError(Throwable failure) {
    ending = new Ending(failure);
    tellReader();
  }

  @Override
  public void onComplete() {
    ending = new Ending(null);
    tellReader();
  }

  private void tellReader() {
    if (waiting.get() && waiting.compareAndSet(true, false)) {
      wakeUp.run();
    }
  }

  /** The next element, which the caller owns; if there is none, the reader will be woken. */
  @Nullable ByteBuf take() {
    ByteBuf next = poll();
    if (next != null) {
      return next;
    }
    waiting.set(true);
    next = poll();
    if (next != null) {
      waiting.set(false);
    }
    return next;
  }

  /** How the stream ended, once all its elements have been taken; call {@link #take} before. */
  @Nullable Ending ending() {
    Ending known = ending;
    return known != null && ring.get(taken & (AHEAD - 1)) == null ? known : null;
  }

  private @Nullable ByteBuf poll() {
    ByteBuf next = ring.getAndSet(taken & (AHEAD - 1), null);
    if (next != null) {
      taken++;
      outstanding--;
      ahead = Math.min(AHEAD, ahead + 1);
      largest = Math.max(next.readableBytes(), largest - (largest >> 6));
    }
    return next;
  }

  /** Asks for more if at most half of what may be under way is. */
  void ask() {
    Flow.Subscription granted = subscription;
    int most = Math.max(1, Math.min(ahead, AHEAD_BYTES / largest));
    if (granted != null && outstanding <= most / 2) {
      int more = most - outstanding;
      outstanding = most;
      granted.request(more);
    }
  }

  /** Wants no more. */
  void close() {
    closed = true;
    Flow.Subscription granted = subscription;
    if (granted != null && ending == null) {
      granted.cancel();
    }
    releaseAll();
  }

  private void releaseAll() {
    for (int i = 0; i < AHEAD; i++) {
      ByteBuf left = ring.getAndSet(i, null);
      if (left != null) {
        left.release();
      }
    }
  }
}
