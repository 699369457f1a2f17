package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The ends of one caller's calls: put in by any thread, written by the connection's loop with few
 * flushes. Bounded by the credits that the caller has. All but {@link #add} happens on the loop.
 */
final class Replies {

  private static final int MOST_ACCEPTED_IN_ONE = 1000;

  private final ServerConnection connection;
  private final LinkContext context;
  private final EventLoop loop;
  private final Outbox outbox;
  private final FrameWriter writer;
  private final StreamTable streams;
  private final ChunkedWrites chunks;
  private final Queue<ServerCall> ended = PlatformDependent.newMpscQueue();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable write = this::writeScheduled;
  private final long[] accepted = new long[MOST_ACCEPTED_IN_ONE];
  private int acceptedCount;
  private LoadReport acceptedLoad = LoadReport.NONE;
  private boolean closed;

  Replies(
      ServerConnection connection,
      LinkContext context,
      EventLoop loop,
      Outbox outbox,
      FrameWriter writer,
      StreamTable streams) {
    this.connection = connection;
    this.context = context;
    this.loop = loop;
    this.outbox = outbox;
    this.writer = writer;
    this.streams = streams;
    this.chunks = new ChunkedWrites(context.limits().chunkBytes());
  }

  /** Takes the end of a call from any thread. */
  void add(ServerCall call) {
    ended.add(call);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      schedule();
    }
  }

  /** Bytes of large replies that have not been written. */
  long waitingBytes() {
    return chunks.waitingBytes();
  }

  private void schedule() {
    try {
      loop.execute(write);
    } catch (RejectedExecutionException shutDown) {
      releaseAfterShutdown();
    }
  }

  /** The loops have ended: nobody else looks at the queue. */
  private synchronized void releaseAfterShutdown() {
    scheduled.set(false);
    ServerCall call = ended.poll();
    while (call != null) {
      release(call);
      call = ended.poll();
    }
  }

  private void writeScheduled() {
    scheduled.set(false);
    write();
  }

  /** Writes every end there is, and parts of large replies. */
  void write() {
    boolean any = false;
    ServerCall call = ended.poll();
    while (call != null) {
      any = true;
      if (connection.settle(call)) {
        write(call);
      } else {
        release(call);
      }
      call = ended.poll();
    }
    finishAccepted();
    boolean moreChunks = !closed && chunks.write(outbox, writer, id -> {});
    boolean moreElements = !closed && streams.write();
    outbox.flush();
    if (moreChunks || moreElements) {
      LoopTools.goOnLater(loop, this::write);
    }
    if (any) {
      connection.afterWrites();
    }
  }

  void close() {
    closed = true;
    chunks.close();
    write();
  }

  private void write(ServerCall call) {
    if (call.end() == ServerCall.End.ACCEPTED) {
      accept(call);
      return;
    }
    finishAccepted();
    Flow.Publisher<ByteBuf> elements = call.takeReplyElements();
    if (elements != null) {
      writeStream(call, elements);
      return;
    }
    ByteBuf reply = call.takeReply();
    if (reply == null) {
      refuse(call, call.refusal());
    } else if (reply.readableBytes() > context.limits().maxPayloadBytes()) {
      refuse(call, tooLarge(reply.readableBytes()));
      reply.release();
    } else {
      writeReply(call, reply);
    }
  }

  private void writeStream(ServerCall call, Flow.Publisher<ByteBuf> elements) {
    ByteBuf out = outbox.room();
    int start = writer.begin(out, FrameType.REPLY, FrameType.STREAM);
    out.writeLong(call.id());
    FrameWriter.load(out, call.load());
    FrameWriter.times(out, call.queuedMicros(), call.servedMicros());
    writer.end(out, start);
    streams.openWriter(call.id(), elements, true);
  }

  private void refuse(ServerCall call, Refusal refusal) {
    writer.refuse(
        outbox.room(), call.id(), call.load(), call.queuedMicros(), call.servedMicros(), refusal);
  }

  private void writeReply(ServerCall call, ByteBuf reply) {
    int chunk = context.limits().chunkBytes();
    int total = reply.readableBytes();
    boolean more = total > chunk;
    int error = call.end() == ServerCall.End.ERROR ? FrameType.ERROR : 0;
    ByteBuf out = outbox.room();
    int start = writer.begin(out, FrameType.REPLY, error | (more ? FrameType.MORE : 0));
    out.writeLong(call.id());
    FrameWriter.load(out, call.load());
    FrameWriter.times(out, call.queuedMicros(), call.servedMicros());
    if (more) {
      Wire.writeNumber(out, total);
      out.writeBytes(reply, chunk);
      chunks.add(call.id(), reply);
    } else {
      out.writeBytes(reply);
      reply.release();
    }
    writer.end(out, start);
  }

  /** Gathers accepted calls that follow one another, to tell them in one frame. */
  private void accept(ServerCall call) {
    if (acceptedCount == MOST_ACCEPTED_IN_ONE) {
      finishAccepted();
    }
    accepted[acceptedCount++] = call.id();
    acceptedLoad = call.load();
  }

  private void finishAccepted() {
    if (acceptedCount == 0) {
      return;
    }
    int count = acceptedCount;
    acceptedCount = 0;
    if (closed) {
      return;
    }
    ByteBuf out = outbox.room();
    int start = writer.begin(out, FrameType.ACCEPTED, 0);
    FrameWriter.load(out, acceptedLoad);
    for (int i = 0; i < count; i++) {
      out.writeLong(accepted[i]);
    }
    writer.end(out, start);
  }

  private Refusal tooLarge(int bytes) {
    return Refusal.of(
        RefusalReason.REPLY_TOO_LARGE,
        "the reply has " + bytes + " bytes (at most: " + context.limits().maxPayloadBytes() + ")");
  }

  private static void release(ServerCall call) {
    ByteBuf reply = call.takeReply();
    if (reply != null) {
      reply.release();
    }
    Flow.Publisher<ByteBuf> elements = call.takeReplyElements();
    if (elements != null) {
      RefusedStream.cancel(elements);
    }
  }
}
