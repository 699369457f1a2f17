package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of a stream over a connection. It asks the producer for no more than the reader
 * has granted, and the producer's elements wait in a queue of that size for the socket. Signals of
 * the producer come from any thread; all else belongs to the loop.
 */
final class StreamWriter implements Flow.Subscriber<ByteBuf>, LoopInbox.Item {

  private static final Object COMPLETED = new Object();

  private final StreamTable table;
  private final long id;
  private final Flow.Publisher<ByteBuf> producer;
  private final boolean mustStart;
  private final Queue<ByteBuf> elements;
  private final StreamDemand demand;
  private final AtomicBoolean inInbox = new AtomicBoolean();
  private volatile Flow.@Nullable Subscription arriving;

  /** How the producer ended: {@link #COMPLETED} or what it failed with. */
  private volatile @Nullable Object end;

  /** Whether the producer ended because it sent too much: it does not know, and goes on. */
  private volatile boolean overflowed;

  private Flow.@Nullable Subscription subscription;
  private @Nullable ByteBuf next;
  private boolean inParts;
  private boolean started;
  private boolean over;

  /** Whether it is in line to write. */
  boolean inLine;

  /** A writer; if {@code mustStart}, the producer is subscribed to even if only to cancel it. */
  StreamWriter(StreamTable table, long id, Flow.Publisher<ByteBuf> producer, boolean mustStart) {
    this.table = table;
    this.id = id;
    this.producer = producer;
    this.mustStart = mustStart;
    demand = new StreamDemand(table.limits());
    elements = PlatformDependent.newFixedMpscQueue(Math.max(2, table.limits().windowElements()));
  }

  long id() {
    return id;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (arriving != null) {
      given.cancel();
      return;
    }
    arriving = given;
    wake();
  }

  @Override
  public void onNext(ByteBuf element) {
    if (end != null) {
      // Whatever comes after an element that was dropped, or after the end, would be out of order.
      element.release();
      return;
    }
    if (!elements.offer(element)) {
      element.release();
      overflowed = true;
      end = new StreamFailure(StreamFault.FAILED, "the producer sent more than it was asked for");
    }
    wake();
  }

  @Override
  public void onError(Throwable failure) {
    if (end == null) {
      end = failure;
    }
    wake();
  }

  @Override
  public void onComplete() {
    if (end == null) {
      end = COMPLETED;
    }
    wake();
  }

  private void wake() {
    if (!inInbox.get() && inInbox.compareAndSet(false, true)) {
      table.wake(this);
    }
  }

  @Override
  public void onLoop() {
    inInbox.set(false);
    if (subscription == null) {
      subscription = arriving;
    }
    if (over) {
      abandon();
    } else {
      if (overflowed) {
        cancelProducer();
      }
      ask();
      table.queue(this);
    }
  }

  /** The reader has granted more. */
  void onDemand(long moreElements, long moreBytes) {
    demand.grant(moreElements, moreBytes);
    if (!started) {
      started = true;
      try {
        producer.subscribe(this);
      } catch (RuntimeException thrown) {
        onError(thrown);
      }
    }
    ask();
    table.queue(this);
  }

  /** The stream ends without a word to its reader, who knows or cannot be told. */
  void stop(StreamFault fault) {
    if (over) {
      return;
    }
    over = true;
    table.closed(this, fault);
    if (mustStart && !started) {
      started = true;
      RefusedStream.cancel(producer);
    }
    abandon();
  }

  /** Ends the stream before its time, and tells its reader why. */
  void fail(StreamFailure why) {
    if (!over) {
      table.writeEnd(id, why);
      stop(why.fault());
    }
  }

  private void cancelProducer() {
    Flow.Subscription producing = subscription;
    if (producing != null && (end == null || overflowed)) {
      overflowed = false;
      end = end == null ? COMPLETED : end;
      try {
        producing.cancel();
      } catch (RuntimeException thrown) {
        table.onDefect(thrown);
      }
    }
  }

  private void abandon() {
    cancelProducer();
    ByteBuf dropped = next == null ? elements.poll() : next;
    next = null;
    while (dropped != null) {
      dropped.release();
      dropped = elements.poll();
    }
  }

  private void ask() {
    Flow.Subscription producing = subscription;
    long more = producing == null || end != null ? 0 : demand.ask();
    if (producing != null && more > 0) {
      try {
        producing.request(more);
      } catch (RuntimeException thrown) {
        onError(thrown);
      }
    }
  }

  /**
   * Writes about as many bytes as fit in one part.
   *
   * @return whether it could go on at once
   */
  boolean write(Outbox outbox, FrameWriter writer) {
    if (over) {
      return false;
    }
    Object ending = end;
    ByteBuf first = peek();
    if (ending instanceof Throwable failure && overtakes(StreamFailure.of(failure), first)) {
      fail(StreamFailure.of(failure));
      return false;
    }
    if (first != null && first.readableBytes() > table.maxPayloadBytes() && !inParts) {
      fail(table.tooLarge(first.readableBytes()));
      return false;
    }
    if (first != null && (inParts || demand.granted())) {
      writeSome(first, outbox, writer);
    }
    if (peek() == null && ending instanceof Throwable failure) {
      fail(StreamFailure.of(failure));
      return false;
    }
    if (peek() == null && ending != null) {
      over = true;
      table.writeEnd(id, null);
      table.closed(this, null);
      return false;
    }
    ask();
    return next != null && (inParts || demand.granted());
  }

  /**
   * A producer's failure comes after what it made before. Whoever has to end a stream, such as a
   * node that is leaving, does not wait for a reader that has stopped.
   */
  private boolean overtakes(StreamFailure failure, @Nullable ByteBuf first) {
    boolean blocked = !inParts && !demand.granted();
    return first == null || (blocked && failure.fault() != StreamFault.FAILED);
  }

  private void writeSome(ByteBuf first, Outbox outbox, FrameWriter writer) {
    if (inParts || first.readableBytes() > table.chunkBytes()) {
      writePart(first, outbox, writer);
    } else {
      writeItems(first, outbox, writer);
    }
  }

  private void writePart(ByteBuf element, Outbox outbox, FrameWriter writer) {
    int size = element.readableBytes();
    if (!inParts) {
      demand.spend(size);
      table.observer().onStreamElements(true, 1, size);
    }
    int length = Math.min(size, table.chunkBytes());
    StreamFrames.part(writer, outbox.room(), id, element, length, !inParts);
    inParts = length < size;
    if (!inParts) {
      element.release();
      next = null;
    }
  }

  private void writeItems(ByteBuf first, Outbox outbox, FrameWriter writer) {
    int room = table.chunkBytes();
    int count = 0;
    long bytes = 0;
    ByteBuf out = outbox.room();
    int start = StreamFrames.beginItems(writer, out, id);
    ByteBuf element = first;
    while (element != null && demand.granted() && bytes + element.readableBytes() <= room) {
      int size = element.readableBytes();
      demand.spend(size);
      StreamFrames.item(out, element);
      element.release();
      count++;
      bytes += size;
      next = null;
      element = peek();
    }
    writer.end(out, start);
    table.observer().onStreamElements(true, count, bytes);
  }

  private @Nullable ByteBuf peek() {
    if (next == null) {
      next = elements.poll();
    }
    return next;
  }
}
