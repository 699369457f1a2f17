package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open streams of one connection, both ways: the same at the caller's end and at the server's.
 * A stream is named by the id of its call; what one end writes the other reads. Streams that have
 * something to write take turns. All but {@link #wake} happens on the loop.
 */
final class StreamTable {

  /** The connection. */
  interface Owner {

    /** Writes and flushes what there is to write. */
    void pump();

    /** The largest element that the peer takes. */
    int maxPayloadBytes();

    /**
     * Whether a stream that is not open may once have been, or have been given up before.
     *
     * @param written whether this end would have been its writer
     */
    boolean knew(long id, boolean written);
  }

  private static final Logger LOG = LoggerFactory.getLogger(StreamTable.class);
  private static final int TURNS_AT_ONCE = 8;

  private final Owner owner;
  private final LinkContext context;
  private final Outbox outbox;
  private final FrameWriter writer;
  private final LoopInbox inbox;
  private final ReassemblyBudget large = new ReassemblyBudget(Long.MAX_VALUE);
  private final LongObjectHashMap<StreamWriter> writers = new LongObjectHashMap<>(8);
  private final LongObjectHashMap<StreamReader> readers = new LongObjectHashMap<>(8);
  private final ArrayDeque<StreamWriter> line = new ArrayDeque<>();
  private final UnreadStreams unread;
  private boolean closed;

  StreamTable(Owner owner, LinkContext context, EventLoop loop, Outbox outbox, FrameWriter writer) {
    this.owner = owner;
    this.context = context;
    this.outbox = outbox;
    this.writer = writer;
    this.inbox = new LoopInbox(loop, owner::pump);
    this.unread = new UnreadStreams(limits().subscribeTimeout());
  }

  boolean isEmpty() {
    return writers.isEmpty() && readers.isEmpty();
  }

  boolean full() {
    return readers.size() >= limits().maxStreams();
  }

  /** Opens the writing end of a stream, which begins when the reader asks. */
  void openWriter(long id, Flow.Publisher<ByteBuf> producer, boolean mustStart) {
    StreamWriter opened = new StreamWriter(this, id, producer, mustStart);
    observer().onStreamOpened(true);
    writers.put(key(id), opened);
    if (closed) {
      opened.stop(StreamFault.LOST);
    } else if (writers.size() > limits().maxStreams()) {
      opened.fail(tooMany());
    }
  }

  /** Opens the reading end of a stream, for somebody to subscribe to. */
  StreamReader openReader(long id) {
    StreamReader opened = new StreamReader(this, id);
    observer().onStreamOpened(false);
    boolean tooMany = full();
    readers.put(key(id), opened);
    if (tooMany) {
      writeCancel(id, tooMany());
      opened.fail(tooMany());
    }
    return opened;
  }

  /** From now on the time counts in which a stream has to find its subscriber. */
  void expectSubscriber(StreamReader reader) {
    if (!reader.subscribed()) {
      unread.add(reader, context.ticker().nowNanos());
    }
  }

  /** Gives up what has found no subscriber in time, and tells the writers. */
  void look(long nowNanos) {
    if (unread.expire(nowNanos)) {
      owner.pump();
    }
  }

  /** Gives up a stream that this end writes, if there is one; the reader is told why, or knows. */
  void drop(long id, @Nullable StreamFailure told) {
    StreamWriter dropped = writers.get(key(id));
    if (dropped != null && told != null) {
      dropped.fail(told);
    } else if (dropped != null) {
      dropped.stop(StreamFault.CANCELLED);
    }
  }

  /** Takes a frame of a stream. */
  void onFrame(int type, int flags, ByteBuf body) {
    long id = body.readLong();
    if (type == FrameType.STREAM_DEMAND || type == FrameType.STREAM_CANCEL) {
      StreamWriter to = writers.get(key(id));
      if (to == null) {
        late(id, true);
      } else if (type == FrameType.STREAM_DEMAND) {
        to.onDemand(Wire.readNumber(body), Wire.readNumber(body));
      } else {
        to.stop(StreamFrames.readFailure(number(body), body).fault());
      }
      return;
    }
    StreamReader to = readers.get(key(id));
    if (to == null) {
      late(id, false);
    } else {
      switch (type) {
        case FrameType.STREAM_ITEMS -> to.onItems(body);
        case FrameType.STREAM_PART -> to.onPart(flags, body);
        default -> {
          int number = number(body);
          to.onEnd(number == 0 ? null : StreamFrames.readFailure(number, body));
        }
      }
    }
  }

  static boolean isStreamFrame(int type) {
    return type >= FrameType.STREAM_DEMAND && type <= FrameType.STREAM_CANCEL;
  }

  private static int number(ByteBuf body) {
    return Wire.readInt(body, Integer.MAX_VALUE, "fault of a stream");
  }

  private void late(long id, boolean written) {
    if (!owner.knew(id, written)) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR, "a frame of stream " + id + ", which there never was");
    }
    observer().onDropped(LinkObserver.Drop.LATE_STREAM);
  }

  /**
   * Lets streams write in turn, as long as the socket takes it.
   *
   * @return whether more could be written at once
   */
  boolean write() {
    for (int turn = 0; turn < TURNS_AT_ONCE && outbox.writable(); turn++) {
      StreamWriter next = line.poll();
      if (next == null) {
        return false;
      }
      next.inLine = false;
      if (next.write(outbox, writer)) {
        queue(next);
      }
    }
    return !line.isEmpty() && outbox.writable();
  }

  /** Puts a writer in line. */
  void queue(StreamWriter one) {
    if (!one.inLine) {
      one.inLine = true;
      line.add(one);
    }
  }

  /** Ends every stream here and tells the other end, which may be able to hear it later. */
  void failAll(StreamFailure why) {
    for (StreamWriter each : List.copyOf(writers.values())) {
      each.fail(why);
    }
    for (StreamReader each : List.copyOf(readers.values())) {
      writeCancel(each.id(), why);
      each.fail(why);
    }
  }

  /** The connection has gone. */
  void close(StreamFailure why) {
    closed = true;
    for (StreamWriter each : List.copyOf(writers.values())) {
      each.stop(why.fault());
    }
    for (StreamReader each : List.copyOf(readers.values())) {
      each.fail(why);
    }
    line.clear();
  }

  void closed(StreamWriter one, @Nullable StreamFault fault) {
    writers.remove(key(one.id()));
    observer().onStreamEnded(true, fault);
  }

  void closed(StreamReader one, @Nullable StreamFault fault) {
    readers.remove(key(one.id()));
    observer().onStreamEnded(false, fault);
  }

  void writeEnd(long id, @Nullable StreamFailure failure) {
    if (!closed) {
      StreamFrames.end(writer, outbox.room(), id, failure);
    }
  }

  void writeCancel(long id, StreamFailure why) {
    if (!closed) {
      StreamFrames.cancel(writer, outbox.room(), id, why);
    }
  }

  void grant(StreamWindow window, long id) {
    if (!closed) {
      window.grant(writer, outbox.room(), id);
    }
  }

  /** Has a reader or a writer looked at on the loop. Any thread. */
  void wake(LoopInbox.Item item) {
    inbox.add(item);
  }

  boolean inLoop() {
    return inbox.inLoop();
  }

  StreamFailure tooLarge(int bytes) {
    return new StreamFailure(
        StreamFault.TOO_LARGE,
        "an element has " + bytes + " bytes (at most: " + maxPayloadBytes() + ")");
  }

  private StreamFailure tooMany() {
    return new StreamFailure(
        StreamFault.TOO_MANY, limits().maxStreams() + " streams are open on the connection");
  }

  void onDefect(RuntimeException thrown) {
    LOG.error("The producer of a stream threw when it was cancelled", thrown);
  }

  int maxPayloadBytes() {
    return owner.maxPayloadBytes();
  }

  int chunkBytes() {
    return context.limits().chunkBytes();
  }

  StreamLimits limits() {
    return context.settings().streams();
  }

  LinkObserver observer() {
    return context.observer();
  }

  ByteBufAllocator allocator() {
    return context.allocator();
  }

  ReassemblyBudget largeElements() {
    return large;
  }

  /** Ids differ in their upper bits above all, which the map does not look at first. */
  private static long key(long id) {
    return Long.rotateRight(id, OutboundTable.SLOT_BITS);
  }
}
