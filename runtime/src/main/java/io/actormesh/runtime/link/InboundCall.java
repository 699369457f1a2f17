package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A call that has arrived at the serving node. Whoever handles it must end it exactly once, with
 * {@link #reply}, {@link #replyStream}, {@link #replyLocal}, {@link #accept} or {@link #refuse};
 * later ends are ignored and return false. Ends may come from any thread.
 */
public abstract class InboundCall {

  private int queuedMicros;
  private int servedMicros;

  /**
   * Says how long the call waited and ran on this node, so that its caller learns it with the end.
   * To be called before the end, by whoever may end the call.
   *
   * @param queuedNanos from its arrival to its start, or to its end if it was not started
   * @param servedNanos from its start to its end, 0 if it was not started
   */
  public final void took(long queuedNanos, long servedNanos) {
    queuedMicros = micros(queuedNanos);
    servedMicros = micros(servedNanos);
  }

  /** What {@link #took} was told last, in µs; 0 if nothing. */
  public final int queuedMicros() {
    return queuedMicros;
  }

  /** What {@link #took} was told last, in µs; 0 if nothing. */
  public final int servedMicros() {
    return servedMicros;
  }

  private static int micros(long nanos) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, nanos / 1000));
  }

  /** The key as the caller defined it; the same object for all calls of a connection. */
  public abstract OperationKey key();

  /** The instance the caller chose, or {@link OutboundCall#ANY_INSTANCE}. */
  public abstract int instance();

  /** Whether the call comes from this process: then the message is an object, not bytes. */
  public abstract boolean local();

  /** The message of a local call. */
  public abstract Object localMessage();

  /** The encoded message of a remote call; the handler owns it and must release it. */
  public abstract ByteBuf takePayload();

  /** The size of the payload in bytes, known without touching it; 0 for a local call. */
  public abstract int payloadBytes();

  /**
   * The elements of the streamed argument of a remote call whose operation takes one; the same
   * object each time. Its one subscriber owns the elements, and is signalled on the link's thread;
   * it may request and cancel from any. The caller's producer is not started before the first
   * request. The stream may be read on after a reply, for which it must be subscribed within {@code
   * link.stream.subscribe-timeout}; any other end of the call, a recall and the caller's deadline
   * cancel it. If it fails it does so with a {@link StreamFailure}, as it does at once when the
   * caller sent no stream.
   */
  public Flow.Publisher<ByteBuf> argument() {
    return RefusedStream.failed(
        new StreamFailure(StreamFault.INTERNAL, "the call came without a streamed argument"));
  }

  /** When the caller stops waiting, on this node's ticker. */
  public abstract long deadlineNanos();

  /** When the call arrived, on this node's ticker. */
  public abstract long arrivedNanos();

  public abstract int attempt();

  public abstract Priority priority();

  public abstract String caller();

  public abstract @Nullable TraceContext trace();

  /** On whose behalf the call is made, or null. */
  public abstract @Nullable String identity();

  /** Where replies are encoded; buffers from elsewhere work too. */
  public abstract io.netty.buffer.ByteBufAllocator allocator();

  /**
   * Ends the call with an encoded reply, or with the UTF-8 text of the service's own error. The
   * payload belongs to the link from here on, whatever is returned.
   *
   * @return whether this ended the call; false if it had ended before
   */
  public abstract boolean reply(ByteBuf payload, boolean error, LoadReport load);

  /**
   * Ends a remote call with a stream. The link subscribes exactly once, whatever is returned: on
   * its thread when the reader first asks for elements, or to cancel at once if nobody will read
   * them. Each element is one encoded buffer that belongs to the link from {@code onNext} on. The
   * publisher chooses the fault that the reader is told by failing with a {@link StreamFailure}.
   *
   * @return whether this ended the call; false if it had ended before
   */
  public boolean replyStream(Flow.Publisher<ByteBuf> elements, LoadReport load) {
    throw new IllegalStateException("a call within the process is answered with the stream itself");
  }

  /** Ends a local call with the reply itself, or with the text of the service's own error. */
  public abstract boolean replyLocal(Object reply, boolean error, LoadReport load);

  /** Ends a one-way call: this node will run it, or hand it to one that will. */
  public abstract boolean accept(LoadReport load);

  /** Ends the call without a reply. */
  public abstract boolean refuse(Refusal refusal, LoadReport load);

  /**
   * Registers who is told, at most once, that the caller has recalled the call or its connection
   * has gone, so that it need not be run. If that happened already the listener runs at once. Runs
   * on the link's thread.
   */
  public abstract void onRecall(Runnable listener);
}
