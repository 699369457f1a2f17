package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A call that has come over a connection. Whoever ends it first wins a compare-and-set, and only
 * then fills in the end and hands the call to its connection's loop. A payload that nobody took is
 * released by the end.
 */
final class ServerCall extends InboundCall {

  /** How a call was ended. */
  enum End {
    REPLY,
    ERROR,
    STREAM,
    ACCEPTED,
    REFUSED
  }

  private static final int OPEN = 0;
  private static final int ENDED = 1;
  private static final Runnable RECALLED = new AlreadyRecalled();

  private static final AtomicIntegerFieldUpdater<ServerCall> STATE =
      AtomicIntegerFieldUpdater.newUpdater(ServerCall.class, "state");
  private static final AtomicReferenceFieldUpdater<ServerCall, @Nullable ByteBuf> PAYLOAD =
      AtomicReferenceFieldUpdater.newUpdater(ServerCall.class, ByteBuf.class, "payload");
  private static final AtomicReferenceFieldUpdater<ServerCall, @Nullable Runnable> LISTENER =
      AtomicReferenceFieldUpdater.newUpdater(ServerCall.class, Runnable.class, "listener");

  private final ServerConnection connection;
  private final CallHeader header;
  private volatile int state;

  @SuppressWarnings("UnusedVariable") // read through PAYLOAD
  private volatile @Nullable ByteBuf payload;

  @SuppressWarnings("UnusedVariable") // read through LISTENER
  private volatile @Nullable Runnable listener;

  private final int payloadBytes;

  /** The parts so far of a payload that is not complete; the loop's alone. */
  @Nullable Reassembly assembling;

  /** Whether the caller announced a stream as the argument. */
  final boolean streamed;

  /**
   * The streamed argument, once the call has been let in; set before anybody else sees the call.
   */
  @Nullable StreamReader argument;

  private End end = End.REFUSED;
  private Flow.@Nullable Publisher<ByteBuf> replyElements;
  private @Nullable ByteBuf reply;
  private @Nullable Refusal refusal;
  private LoadReport load = LoadReport.NONE;

  ServerCall(ServerConnection connection, CallHeader header, int payloadBytes, boolean streamed) {
    this.connection = connection;
    this.header = header;
    this.payloadBytes = payloadBytes;
    this.streamed = streamed;
  }

  long id() {
    return header.id();
  }

  boolean open() {
    return state == OPEN;
  }

  /** Gives the call its payload, before anybody else sees the call. */
  void payload(ByteBuf whole) {
    payload = whole;
  }

  /** The caller wants it back, or has gone. On the loop. */
  void recalled() {
    Runnable told = LISTENER.getAndSet(this, RECALLED);
    if (told != null && told != RECALLED && open()) {
      told.run();
    }
  }

  End end() {
    return end;
  }

  /** The encoded reply; whoever asks owns it. */
  @Nullable ByteBuf takeReply() {
    ByteBuf taken = reply;
    reply = null;
    return taken;
  }

  /** The stream that the call was answered with; whoever asks must subscribe. */
  Flow.@Nullable Publisher<ByteBuf> takeReplyElements() {
    Flow.Publisher<ByteBuf> taken = replyElements;
    replyElements = null;
    return taken;
  }

  Refusal refusal() {
    Refusal given = refusal;
    return given == null ? Refusal.of(RefusalReason.INTERNAL, "no reason given") : given;
  }

  LoadReport load() {
    return load;
  }

  @Override
  public OperationKey key() {
    return header.key();
  }

  @Override
  public int instance() {
    return header.instance();
  }

  @Override
  public boolean local() {
    return false;
  }

  @Override
  public Object localMessage() {
    throw new IllegalStateException("a call over the network has no message object");
  }

  @Override
  public ByteBuf takePayload() {
    ByteBuf taken = PAYLOAD.getAndSet(this, null);
    if (taken == null) {
      throw new IllegalStateException("the payload was taken before, or the call has ended");
    }
    return taken;
  }

  @Override
  public int payloadBytes() {
    return payloadBytes;
  }

  @Override
  public long deadlineNanos() {
    return header.deadlineNanos();
  }

  @Override
  public long arrivedNanos() {
    return header.arrivedNanos();
  }

  @Override
  public int attempt() {
    return header.attempt();
  }

  @Override
  public Priority priority() {
    return header.priority();
  }

  @Override
  public String caller() {
    return header.caller();
  }

  @Override
  public @Nullable TraceContext trace() {
    return header.trace();
  }

  @Override
  public @Nullable String identity() {
    return header.identity();
  }

  @Override
  public ByteBufAllocator allocator() {
    return connection.allocator();
  }

  @Override
  public boolean reply(ByteBuf encoded, boolean error, LoadReport report) {
    if (!claimEnd()) {
      encoded.release();
      return false;
    }
    reply = encoded;
    return finish(error ? End.ERROR : End.REPLY, report);
  }

  @Override
  public boolean replyStream(Flow.Publisher<ByteBuf> elements, LoadReport report) {
    if (!claimEnd()) {
      RefusedStream.cancel(elements);
      return false;
    }
    replyElements = elements;
    return finish(End.STREAM, report);
  }

  @Override
  public Flow.Publisher<ByteBuf> argument() {
    StreamReader elements = argument;
    return elements == null ? super.argument() : elements;
  }

  @Override
  public boolean replyLocal(Object value, boolean error, LoadReport report) {
    throw new IllegalStateException("a call over the network needs an encoded reply");
  }

  @Override
  public boolean accept(LoadReport report) {
    return claimEnd() && finish(End.ACCEPTED, report);
  }

  @Override
  public boolean refuse(Refusal why, LoadReport report) {
    if (!claimEnd()) {
      return false;
    }
    refusal = why;
    return finish(End.REFUSED, report);
  }

  @Override
  public void onRecall(Runnable told) {
    Runnable before = LISTENER.get(this);
    while (before != RECALLED) {
      Runnable both = before == null ? told : inTurn(before, told);
      if (LISTENER.compareAndSet(this, before, both)) {
        return;
      }
      before = LISTENER.get(this);
    }
    told.run();
  }

  private static Runnable inTurn(Runnable first, Runnable second) {
    return () -> {
      first.run();
      second.run();
    };
  }

  private boolean claimEnd() {
    boolean first = STATE.compareAndSet(this, OPEN, ENDED);
    if (!first) {
      connection.onSecondEnd();
    }
    return first;
  }

  private boolean finish(End how, LoadReport report) {
    ByteBuf untaken = PAYLOAD.getAndSet(this, null);
    if (untaken != null) {
      untaken.release();
    }
    end = how;
    load = report;
    connection.ended(this);
    return true;
  }

  private static final class AlreadyRecalled implements Runnable {
    @Override
    public void run() {}
  }
}
