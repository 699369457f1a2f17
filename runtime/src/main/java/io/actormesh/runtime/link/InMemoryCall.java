package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A call that has come over an {@link InMemoryLinkNetwork}. */
final class InMemoryCall extends InboundCall {

  private final InMemoryLinkTransport server;
  private final InMemoryLink link;
  private final OutboundCall call;
  private final long arrivedNanos;
  private final int payloadBytes;
  private final AtomicReference<@Nullable ByteBuf> payload;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final RecallListener recall = new RecallListener();
  private final @Nullable InMemoryStream argument;

  InMemoryCall(InMemoryLinkTransport server, InMemoryLink link, OutboundCall call, byte[] message) {
    this.server = server;
    this.link = link;
    this.call = call;
    this.arrivedNanos = server.network().ticker().nowNanos();
    this.payloadBytes = message.length;
    this.payload = new AtomicReference<>(Unpooled.wrappedBuffer(message));
    Flow.Publisher<ByteBuf> elements = call.argument();
    this.argument = elements == null ? null : stream(elements, false);
  }

  private InMemoryStream stream(Flow.Publisher<ByteBuf> elements, boolean mustStart) {
    InMemoryStream stream = new InMemoryStream(link, server, elements, mustStart);
    server.opened(stream);
    return link.opened(stream);
  }

  OutboundCall outbound() {
    return call;
  }

  /** The caller wants it back, or has gone. */
  void recalled() {
    giveUpArgument("the caller has given the call up");
    Runnable told = recall.recalled();
    if (!ended.get()) {
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
    return false;
  }

  @Override
  public Object localMessage() {
    throw new IllegalStateException("a call over the network has no message object");
  }

  @Override
  public ByteBuf takePayload() {
    ByteBuf taken = payload.getAndSet(null);
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
  public Flow.Publisher<ByteBuf> argument() {
    InMemoryStream stream = argument;
    return stream == null ? super.argument() : stream;
  }

  private void giveUpArgument(String why) {
    InMemoryStream stream = argument;
    if (stream != null) {
      stream.fail(StreamFault.CANCELLED, why);
    }
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
  public boolean reply(ByteBuf encoded, boolean error, LoadReport load) {
    byte[] copy = ByteBufUtil.getBytes(encoded);
    encoded.release();
    int most = server.settings().limits().maxPayloadBytes();
    if (copy.length > most) {
      String detail = "the reply has " + copy.length + " bytes (at most: " + most + ")";
      return refuse(Refusal.of(RefusalReason.REPLY_TOO_LARGE, detail), load);
    }
    return end(
            () -> Ends.replied(call, Unpooled.wrappedBuffer(copy), error, load),
            InMemoryCall::nothing)
        && readArgumentSoon();
  }

  @Override
  public boolean replyStream(Flow.Publisher<ByteBuf> elements, LoadReport load) {
    Runnable lost = () -> RefusedStream.cancel(elements);
    Runnable told =
        () -> {
          InMemoryStream stream = stream(elements, true);
          stream.expectReader();
          Ends.repliedWithStream(call, stream, load);
        };
    if (end(told, lost)) {
      return readArgumentSoon();
    }
    server.network().executor().execute(lost);
    return false;
  }

  private boolean readArgumentSoon() {
    InMemoryStream stream = argument;
    if (stream != null) {
      server.network().executor().execute(stream::expectReader);
    }
    return true;
  }

  @Override
  public boolean replyLocal(Object reply, boolean error, LoadReport load) {
    throw new IllegalStateException("a call over the network needs an encoded reply");
  }

  @Override
  public boolean accept(LoadReport load) {
    return end(() -> Ends.accepted(call, load), InMemoryCall::nothing);
  }

  @Override
  public boolean refuse(Refusal refusal, LoadReport load) {
    boolean first = end(() -> Ends.refused(call, refusal, load), InMemoryCall::nothing);
    if (first) {
      server.network().executor().execute(() -> giveUpArgument("the call was refused"));
    }
    return first;
  }

  @Override
  public void onRecall(Runnable listener) {
    recall.add(listener);
  }

  private boolean end(Runnable told, Runnable lost) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    ByteBuf untaken = payload.getAndSet(null);
    if (untaken != null) {
      untaken.release();
    }
    server.ended(this);
    link.answer(
        call,
        () -> {
          call.timed(queuedMicros(), servedMicros());
          told.run();
        },
        lost);
    return true;
  }

  private static void nothing() {}
}
