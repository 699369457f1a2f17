package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A call within the process, as its handler sees it. The first end wins a compare-and-set. */
final class LocalCall extends InboundCall {

  private static final AtomicIntegerFieldUpdater<LocalCall> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(LocalCall.class, "ended");

  private final OutboundCall call;
  private final long arrivedNanos;
  private final RecallListener recall = new RecallListener();
  private volatile int ended;

  LocalCall(OutboundCall call, long arrivedNanos) {
    this.call = call;
    this.arrivedNanos = arrivedNanos;
  }

  /** The caller wants it back. */
  void recalled() {
    Runnable told = recall.recalled();
    if (ended == 0) {
      told.run();
    }
  }

  @Override
  public OperationKey key() {
    return call.key();
  }

  @Override
  public int instance() {
    return call.instance();
  }

  @Override
  public boolean local() {
    return true;
  }

  @Override
  public Object localMessage() {
    return call.localMessage();
  }

  @Override
  public ByteBuf takePayload() {
    throw new IllegalStateException("a call within the process has no payload");
  }

  @Override
  public int payloadBytes() {
    return 0;
  }

  @Override
  public long deadlineNanos() {
    return call.deadlineNanos();
  }

  @Override
  public long arrivedNanos() {
    return arrivedNanos;
  }

  @Override
  public int attempt() {
    return call.attempt();
  }

  @Override
  public Priority priority() {
    return call.priority();
  }

  @Override
  public String caller() {
    return call.caller();
  }

  @Override
  public @Nullable TraceContext trace() {
    return call.trace();
  }

  @Override
  public @Nullable String identity() {
    return call.identity();
  }

  @Override
  public ByteBufAllocator allocator() {
    return ByteBufAllocator.DEFAULT;
  }

  @Override
  public boolean reply(ByteBuf payload, boolean error, LoadReport load) {
    try {
      if (claimEnd()) {
        Ends.replied(call, payload, error, load);
        return true;
      }
      return false;
    } finally {
      payload.release();
    }
  }

  @Override
  public boolean replyLocal(Object reply, boolean error, LoadReport load) {
    if (!claimEnd()) {
      return false;
    }
    Ends.repliedLocally(call, reply, error, load);
    return true;
  }

  @Override
  public boolean accept(LoadReport load) {
    if (!claimEnd()) {
      return false;
    }
    Ends.accepted(call, load);
    return true;
  }

  @Override
  public boolean refuse(Refusal refusal, LoadReport load) {
    if (!claimEnd()) {
      return false;
    }
    Ends.refused(call, refusal, load);
    return true;
  }

  @Override
  public void onRecall(Runnable listener) {
    recall.add(listener);
  }

  private boolean claimEnd() {
    boolean first = ENDED.compareAndSet(this, 0, 1);
    if (first) {
      call.timed(queuedMicros(), servedMicros());
    }
    return first;
  }
}
