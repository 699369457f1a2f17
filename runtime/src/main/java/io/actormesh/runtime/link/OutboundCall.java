package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, as its link sees it. The link calls exactly one of {@link #onReply},
 * {@link #onReplyStream}, {@link #onLocalReply}, {@link #onAccepted}, {@link #onRefused} and {@link
 * #onFailed}, exactly once, never from within {@link Link#send} of a remote link, on the link's
 * thread. Implementations must not block there.
 */
public abstract class OutboundCall extends OutboundSlot {

  /** Any instance of the service on the node. */
  public static final int ANY_INSTANCE = -1;

  /** The operation called. */
  public abstract OperationKey key();

  /** The instance called, as its registry entry numbers it, or {@link #ANY_INSTANCE}. */
  public abstract int instance();

  /**
   * The encoded message. The link owns it from {@link Link#send} on and releases it in every case.
   * For a local link it is absent (null) and {@link #localMessage()} is used.
   */
  public abstract @Nullable ByteBuf takePayload();

  /** The message itself, for a link within the process; its reply ref is replaced by the host. */
  public abstract Object localMessage();

  /** When the caller stops waiting, on this node's ticker. */
  public abstract long deadlineNanos();

  /** 1 for the first attempt. */
  public abstract int attempt();

  public abstract Priority priority();

  /** The name of the calling service or node. */
  public abstract String caller();

  public abstract @Nullable TraceContext trace();

  /** On whose behalf the call is made, or null. */
  public abstract @Nullable String identity();

  /**
   * How long it waited on the serving node, in µs; known when it is told of a reply or refusal, 0
   * otherwise.
   */
  public final int queuedMicros() {
    return queuedMicros;
  }

  /**
   * How long it ran on the serving node, in µs; known when it is told of a reply or refusal, 0
   * otherwise.
   */
  public final int servedMicros() {
    return servedMicros;
  }

  /**
   * The elements of a streamed argument, or null if the call has none. A link over the network
   * subscribes at most once, on its thread, when the serving side first asks for elements; until
   * then another attempt can still carry the same stream. Each element is one encoded buffer that
   * belongs to the link from {@code onNext} on, whatever becomes of the stream. The subscription is
   * cancelled when the reader wants no more, or when the call ends otherwise than with a reply; it
   * may outlive a reply. A local link does not use it.
   */
  public Flow.@Nullable Publisher<ByteBuf> argument() {
    return null;
  }

  /**
   * The service replied.
   *
   * @param payload the encoded reply, valid during this call only; or, if {@code error}, the UTF-8
   *     text of the service's own error ({@code StatusReply.error})
   */
  protected abstract void onReply(ByteBuf payload, boolean error, LoadReport load);

  /**
   * The service replied with a stream; the call has ended, and the stream lives by itself. Its one
   * subscriber owns the elements, and is signalled on the link's thread; it may request and cancel
   * from any. A stream that is not subscribed within {@code link.stream.subscribe-timeout} is
   * cancelled as {@link StreamFault#UNREAD}. If it fails it does so with a {@link StreamFailure}.
   */
  protected void onReplyStream(Flow.Publisher<ByteBuf> elements, LoadReport load) {
    RefusedStream.cancel(elements);
    onRefused(
        Refusal.of(RefusalReason.INTERNAL, "a stream came where a single reply was expected"),
        load);
  }

  /** The service replied within this process; if {@code error}, the reply is the error's text. */
  protected abstract void onLocalReply(Object reply, boolean error, LoadReport load);

  /** The serving node took responsibility for a one-way call. */
  protected abstract void onAccepted(LoadReport load);

  /** The serving node refused the call, or tells how it failed. */
  protected abstract void onRefused(Refusal refusal, LoadReport load);

  /**
   * The link could not bring the call to its end.
   *
   * @param mayHaveRun whether the call had been written, so that the peer may have started it; if
   *     false, it provably was not started
   */
  protected abstract void onFailed(LinkFailure failure, boolean mayHaveRun, String detail);
}
