package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading end of a stream over a connection. Elements are handed to the subscriber where they
 * lie as long as it wants them, and are kept otherwise, within the window. State and signals belong
 * to the loop; the subscriber's requests come from any thread.
 */
final class StreamReader implements Flow.Publisher<ByteBuf>, Flow.Subscription, LoopInbox.Item {

  private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

  private final StreamTable table;
  private final long id;
  private final StreamWindow window;
  private final StreamBuffer buffer = new StreamBuffer();
  private final AtomicBoolean inInbox = new AtomicBoolean();
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private final AtomicLong wanted = new AtomicLong();
  private volatile Flow.@Nullable Subscriber<? super ByteBuf> arriving;
  private volatile boolean cancelled;
  private volatile boolean wrongRequest;
  private Flow.@Nullable Subscriber<? super ByteBuf> subscriber;
  private @Nullable Reassembly large;
  private @Nullable Throwable failure;
  private boolean opened;
  private boolean delivering;

  /** Whether no more can come over the connection. */
  private boolean ended;

  /** Whether the subscriber has had its last signal, or wants none. */
  private boolean over;

  StreamReader(StreamTable table, long id) {
    this.table = table;
    this.id = id;
    this.window = new StreamWindow(table.limits());
  }

  long id() {
    return id;
  }

  boolean subscribed() {
    return subscribed.get();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuf> reader) {
    if (subscribed.compareAndSet(false, true)) {
      arriving = reader;
      wake();
    } else {
      RefusedStream.fail(
          reader, new IllegalStateException("a stream over a link can be read once"));
    }
  }

  @Override
  public void request(long elements) {
    if (elements <= 0) {
      wrongRequest = true;
    } else {
      long sum = wanted.addAndGet(elements);
      if (sum < 0) {
        wanted.set(Long.MAX_VALUE);
      }
      if (table.inLoop() && delivering) {
        return;
      }
    }
    wake();
  }

  @Override
  public void cancel() {
    cancelled = true;
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
    attach();
    if (wrongRequest && !over && !cancelled) {
      failure = new IllegalArgumentException("elements requested: none (expected: above 0)");
      giveUp(StreamFault.CANCELLED, "the reader broke the rules of streams");
      finish();
    }
    if (wanted.get() > 0 && !opened && !ended) {
      opened = true;
      window.open();
    }
    deliver();
  }

  private void attach() {
    Flow.Subscriber<? super ByteBuf> reader = arriving;
    if (subscriber == null && reader != null) {
      subscriber = reader;
      delivering = true;
      try {
        reader.onSubscribe(this);
      } catch (RuntimeException thrown) {
        LOG.error("The subscriber of a stream threw, which cancels the stream", thrown);
        cancelled = true;
      }
      delivering = false;
    }
  }

  /** Some whole elements have come. */
  void onItems(ByteBuf body) {
    int elements = 0;
    long bytes = 0;
    int kept = -1;
    delivering = true;
    try {
      while (body.isReadable()) {
        int at = body.readerIndex();
        int length = Wire.readInt(body, body.readableBytes(), "length of an element");
        window.spend(length);
        elements++;
        bytes += length;
        if (kept < 0 && buffer.isEmpty() && takes()) {
          emit(body.readRetainedSlice(length), length);
        } else {
          kept = kept < 0 ? at : kept;
          body.skipBytes(length);
        }
      }
    } finally {
      delivering = false;
    }
    table.observer().onStreamElements(false, elements, bytes);
    if (kept >= 0 && !cancelled && !ended) {
      int size = body.writerIndex() - kept;
      buffer.addSized(table.allocator().buffer(size, size).writeBytes(body, kept, size));
    }
    deliver();
  }

  /** A part of a large element has come. */
  void onPart(int flags, ByteBuf body) {
    Reassembly parts = large;
    boolean more = (flags & FrameType.MORE) != 0;
    if (((flags & FrameType.FIRST) != 0) != (parts == null)) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR, "a part of an element out of turn");
    }
    if (parts == null) {
      int total = Wire.readInt(body, Integer.MAX_VALUE, "size of an element");
      window.spend(total);
      if (total > table.maxPayloadBytes()) {
        tooLarge(total);
        return;
      }
      parts = Reassembly.start(table.largeElements(), table.allocator(), total);
      large = parts;
    }
    parts.append(body, more);
    if (!more) {
      large = null;
      ByteBuf whole = parts.finish();
      table.observer().onStreamElements(false, 1, whole.readableBytes());
      buffer.addWhole(whole);
      deliver();
    }
  }

  private void tooLarge(int total) {
    StreamFailure refused = table.tooLarge(total);
    giveUp(refused.fault(), refused.detail());
    fail(refused);
  }

  /** The writer has sent its last frame. */
  void onEnd(@Nullable StreamFailure why) {
    if (large != null && why == null) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR, "a stream completed in the midst of an element");
    }
    leave(why == null ? null : why.fault());
    if (why != null && why.fault() == StreamFault.CANCELLED) {
      fail(why);
    } else {
      failure = why;
      deliver();
    }
  }

  /** Ends the stream here at once, without a word to the writer. */
  void fail(StreamFailure why) {
    leave(why.fault());
    failure = why;
    buffer.release();
    discardParts();
    deliver();
  }

  /** Nobody has subscribed in time. */
  void expire(String detail) {
    if (!ended) {
      table.writeCancel(id, new StreamFailure(StreamFault.UNREAD, detail));
      fail(new StreamFailure(StreamFault.UNREAD, detail));
    }
  }

  /** Tells the writer, if it is still there, that nothing more is wanted. */
  void giveUp(StreamFault fault, String detail) {
    if (!ended) {
      table.writeCancel(id, new StreamFailure(fault, detail));
      leave(fault);
    }
    buffer.release();
    discardParts();
  }

  private void leave(@Nullable StreamFault fault) {
    if (!ended) {
      ended = true;
      table.closed(this, fault);
    }
    if (large != null && fault != null) {
      discardParts();
    }
  }

  private void discardParts() {
    Reassembly parts = large;
    large = null;
    if (parts != null) {
      parts.discard();
    }
  }

  private boolean takes() {
    return !cancelled && !over && subscriber != null && wanted.get() > 0;
  }

  private void deliver() {
    if (over || delivering) {
      return;
    }
    delivering = true;
    while (takes()) {
      ByteBuf element = buffer.poll();
      if (element == null) {
        break;
      }
      emit(element, element.readableBytes());
    }
    delivering = false;
    if (cancelled) {
      over = true;
      giveUp(StreamFault.CANCELLED, "the reader wants no more");
    } else if (ended && buffer.isEmpty()) {
      finish();
    } else if (opened && !ended && window.due()) {
      table.grant(window, id);
    }
  }

  private void emit(ByteBuf element, int length) {
    Flow.Subscriber<? super ByteBuf> reader = java.util.Objects.requireNonNull(subscriber);
    if (wanted.get() != Long.MAX_VALUE) {
      wanted.decrementAndGet();
    }
    window.consumed(1, length);
    try {
      reader.onNext(element);
    } catch (RuntimeException thrown) {
      LOG.error("The subscriber of a stream threw, which cancels the stream", thrown);
      cancelled = true;
    }
  }

  private void finish() {
    Flow.Subscriber<? super ByteBuf> reader = subscriber;
    if (over || reader == null) {
      return;
    }
    over = true;
    Throwable why = failure;
    try {
      if (why == null) {
        reader.onComplete();
      } else {
        reader.onError(why);
      }
    } catch (RuntimeException thrown) {
      LOG.error("The subscriber of a stream threw when it was told its end", thrown);
    }
  }
}
