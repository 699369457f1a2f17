package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The serving node's end of one connection: what its caller sends, and what is answered. */
final class ServerConnection implements Connection, LoopWatch.Watched, StreamTable.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

  private final Acceptor acceptor;
  private final LinkContext context;
  private final LoopTools tools;
  private final Channel channel;
  private final Outbox outbox;
  private final FrameWriter writer;
  private final Replies replies;
  private final ReassemblyBudget budget;
  private final CallIntake intake;
  private final Grants grants;
  private final OpenCalls open;
  private final StreamTable streams;
  private String caller = "";
  private boolean welcomed;
  private boolean goneAway;
  private boolean gone;
  private boolean heard;
  private boolean silentCaller;
  private long heardNanos;
  private long lostWhenHeard;
  private long clogged;
  private long lastAccepted;
  private long lastSeen;
  private @Nullable String why;
  private @Nullable CompletableFuture<Void> idle;

  ServerConnection(Acceptor acceptor, LinkContext context, Channel channel) {
    LinkLimits limits = context.limits();
    this.acceptor = acceptor;
    this.context = context;
    this.tools = context.toolsOf(channel.eventLoop());
    this.channel = channel;
    outbox = new Outbox(channel, context.observer());
    writer = new FrameWriter(context.settings().oldestVersion());
    budget = new ReassemblyBudget(limits.reassemblyBytes());
    intake = new CallIntake(context, budget);
    grants = new Grants(limits.creditCalls(), limits.creditBytes());
    open = new OpenCalls(limits.creditCalls());
    streams = new StreamTable(this, context, tools.loop(), outbox, writer);
    replies = new Replies(this, context, tools.loop(), outbox, writer, streams);
  }

  ByteBufAllocator allocator() {
    return context.allocator();
  }

  /** A call has been ended; on any thread. */
  void ended(ServerCall call) {
    replies.add(call);
  }

  void onSecondEnd() {
    context.observer().onDropped(LinkObserver.Drop.SECOND_END);
  }

  /**
   * An end is about to be written; on the loop. Returns false if there is nobody to write it to.
   */
  boolean settle(ServerCall call) {
    open.remove(call);
    settleArgument(call);
    grants.returned(call.payloadBytes());
    if (gone) {
      context.observer().onDropped(LinkObserver.Drop.CALLER_GONE);
      return false;
    }
    if (grants.due()) {
      grants.write(outbox.room(), writer);
    }
    return true;
  }

  /** A refused call's argument is over; any other may be read on. */
  private void settleArgument(ServerCall call) {
    StreamReader argument = call.argument;
    if (argument != null && call.end() == ServerCall.End.REFUSED) {
      argument.fail(new StreamFailure(StreamFault.CANCELLED, "the call was refused"));
    } else if (argument != null) {
      streams.expectSubscriber(argument);
    }
  }

  @Override
  public void pump() {
    replies.write();
  }

  @Override
  public int maxPayloadBytes() {
    return context.limits().maxPayloadBytes();
  }

  @Override
  public boolean knew(long id, boolean written) {
    ServerCall call = open.get(id);
    return id > 0 && id <= lastSeen && (call == null || (call.streamed && !written));
  }

  /** What has been written is on its way; on the loop. */
  void afterWrites() {
    if (!gone && unsentBytes() > 2 * context.limits().unsentReplyBytes()) {
      close(CloseReason.SLOW_READER, unsentBytes() + " bytes of replies are unread");
    }
    checkIdle();
  }

  /** Completes when every accepted call has been answered, or the caller has gone. */
  CompletionStage<Void> idle() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    idle = told;
    checkIdle();
    return told;
  }

  private void checkIdle() {
    CompletableFuture<Void> told = idle;
    if (told != null && openCalls() == 0 && replies.waitingBytes() == 0 && streams.isEmpty()) {
      told.complete(null);
    }
  }

  EventLoop loop() {
    return tools.loop();
  }

  private int openCalls() {
    return gone ? 0 : grants.outCalls();
  }

  /** Tells the caller that nothing beyond what has arrived will be served. */
  CompletionStage<Void> goAway(CloseReason reason) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    if (gone || !welcomed || goneAway) {
      told.complete(null);
      return told;
    }
    goneAway = true;
    writer.goAway(outbox.room(), lastAccepted, reason);
    var unused = outbox.flushed().addListener(done -> told.complete(null));
    return told;
  }

  /** Tells why, and closes. */
  void close(CloseReason reason, String detail) {
    if (gone) {
      return;
    }
    why = why == null ? reason + ": " + detail : why;
    writer.close(outbox.room(), reason, detail);
    outbox.flush();
    var unused = channel.close();
    onGone(reason + ": " + detail);
  }

  @Override
  public void onActive(Channel active) {
    heardNanos = context.ticker().nowNanos();
    lostWhenHeard = tools.watch().lostNanos();
    tools.watch().add(this);
    acceptor.add(this);
  }

  @Override
  public void onFrame(int version, int type, int flags, ByteBuf body) {
    if (gone) {
      return;
    }
    if (welcomed != (type != FrameType.HELLO) && type != FrameType.CLOSE) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR, "frame of type " + type + " out of turn");
    }
    if (welcomed) {
      writer.expect(version);
    }
    switch (type) {
      case FrameType.HELLO -> onHello(Hello.read(body));
      case FrameType.DEFINE -> intake.define(body);
      case FrameType.CALL -> onCall(flags, body);
      case FrameType.CHUNK -> onChunk(flags, body);
      case FrameType.RECALL -> onRecall(body.readLong());
      case FrameType.PING -> writer.beat(outbox.room(), FrameType.PONG, body.readLong());
      case FrameType.PONG -> {}
      case FrameType.CLOSE -> onClose(body);
      default -> onOther(type, flags, body);
    }
  }

  private void onOther(int type, int flags, ByteBuf body) {
    if (StreamTable.isStreamFrame(type)) {
      streams.onFrame(type, flags, body);
      return;
    }
    if ((flags & FrameType.OPTIONAL) == 0) {
      throw new LinkProtocolException(
          CloseReason.UNKNOWN_FRAME, "frames of type " + type + " are unknown here");
    }
    context.observer().onDropped(LinkObserver.Drop.UNKNOWN_FRAME);
  }

  private void onHello(Hello hello) {
    caller = hello.address();
    Reception reception = acceptor.receive(hello);
    CloseReason refused = reception.refused();
    if (refused != null) {
      close(refused, reception.detail());
      return;
    }
    LinkLimits limits = context.limits();
    welcomed = true;
    writer.version(reception.version());
    writer.welcome(
        outbox.room(),
        new Welcome(
            reception.version(),
            limits.creditCalls(),
            limits.creditBytes(),
            limits.maxPayloadBytes()));
    context.observer().onCallerConnected(caller);
  }

  private void onCall(int flags, ByteBuf body) {
    long id = body.readLong();
    lastSeen = Math.max(lastSeen, id);
    if (goneAway) {
      context.observer().onDropped(LinkObserver.Drop.AFTER_GOAWAY);
      return;
    }
    boolean more = (flags & FrameType.MORE) != 0;
    int operation = Wire.readInt(body, Integer.MAX_VALUE, "number of an operation");
    OperationKey key = intake.operation(operation);
    CallHeader header = intake.header(id, key, flags, body);
    int total =
        more ? Wire.readInt(body, Integer.MAX_VALUE, "size of a payload") : body.readableBytes();
    grants.spent(total);
    lastAccepted = Math.max(lastAccepted, id);
    boolean streamed = (flags & FrameType.STREAM) != 0;
    ServerCall call = new ServerCall(this, header, total, streamed);
    ServerCall forgotten = open.add(call);
    if (forgotten != null) {
      forgotten.recalled();
    }
    Refusal refusal =
        streamed && streams.full()
            ? CallIntake.tooManyStreams()
            : key == null
                ? CallIntake.unknown(operation)
                : intake.admit(total, more, unsentBytes());
    if (refusal == null && streamed) {
      call.argument = streams.openReader(id);
    }
    if (refusal != null) {
      var unused = call.refuse(refusal, LoadReport.NONE);
    } else if (more) {
      assemble(call, total, body);
    } else {
      handOver(call, body.readRetainedSlice(total));
    }
  }

  private void assemble(ServerCall call, int total, ByteBuf first) {
    Reassembly parts = Reassembly.start(budget, context.allocator(), total);
    call.assembling = parts;
    parts.append(first, true);
  }

  private void onChunk(int flags, ByteBuf body) {
    ServerCall call = open.get(body.readLong());
    Reassembly parts = call == null ? null : call.assembling;
    if (call == null || parts == null) {
      context.observer().onDropped(LinkObserver.Drop.LATE_CHUNK);
      return;
    }
    boolean more = (flags & FrameType.MORE) != 0;
    parts.append(body, more);
    if (!more) {
      call.assembling = null;
      handOver(call, parts.finish());
    }
  }

  private void handOver(ServerCall call, ByteBuf payload) {
    call.payload(payload);
    try {
      acceptor.handler().onCall(call);
    } catch (RuntimeException thrown) {
      LOG.error("The handler of {} threw", call.key(), thrown);
      var unused =
          call.refuse(
              Refusal.of(RefusalReason.INTERNAL, "the handler threw " + thrown), LoadReport.NONE);
    }
  }

  private void onRecall(long id) {
    ServerCall call = open.get(id);
    if (call == null) {
      return;
    }
    if (call.assembling == null) {
      call.recalled();
    } else {
      discard(call);
      var unused =
          call.refuse(
              Refusal.of(RefusalReason.RECALLED, "recalled before it had arrived"),
              LoadReport.NONE);
    }
  }

  private void onClose(ByteBuf body) {
    CloseReason reason =
        CloseReason.ofNumber(Wire.readInt(body, Integer.MAX_VALUE, "reason of CLOSE"));
    why = "closed by the caller: " + reason + ", " + Wire.readText(body);
    var unused = channel.close();
  }

  @Override
  public void onReadEnd() {
    heard = true;
    intake.batchEnded();
    replies.write();
  }

  @Override
  public void onWritable() {
    replies.write();
  }

  @Override
  public void onViolation(CloseReason reason, String detail) {
    close(reason, detail);
  }

  @Override
  public void onGone(String cause) {
    if (gone) {
      return;
    }
    gone = true;
    tools.watch().remove(this);
    for (ServerCall call : open.removeAll()) {
      if (call != null) {
        discard(call);
        call.recalled();
      }
    }
    streams.close(lostStreams(cause));
    replies.close();
    outbox.close();
    acceptor.remove(this);
    checkIdle();
    context.observer().onCallerDisconnected(caller, why == null ? cause : why);
  }

  private StreamFailure lostStreams(String cause) {
    String detail = why == null ? cause : why;
    return new StreamFailure(silentCaller ? StreamFault.SILENT : StreamFault.LOST, detail);
  }

  private static void discard(ServerCall call) {
    Reassembly parts = call.assembling;
    call.assembling = null;
    if (parts != null) {
      parts.discard();
    }
  }

  @Override
  public void look(long nowNanos, long lostNanos) {
    LinkTimes times = context.times();
    checkIdle();
    if (heard) {
      heard = false;
      heardNanos = nowNanos;
      lostWhenHeard = lostNanos;
    }
    long silent = nowNanos - heardNanos - (lostNanos - lostWhenHeard);
    if (!welcomed && silent > times.connectTimeout().toNanos()) {
      close(CloseReason.PROTOCOL_ERROR, "no HELLO within " + times.connectTimeout());
    } else if (silent > times.callerDeadAfter().toNanos()) {
      silentCaller = true;
      close(CloseReason.SILENT, "nothing heard for " + times.callerDeadAfter());
    } else {
      checkClogged(nowNanos);
      checkStreams(nowNanos, silent);
    }
  }

  /** Streams are given up sooner than calls that run: their readers would wait in vain. */
  private void checkStreams(long nowNanos, long silentNanos) {
    if (streams.isEmpty()) {
      return;
    }
    if (silentNanos > context.times().deadAfter().toNanos()) {
      streams.failAll(
          new StreamFailure(
              StreamFault.SILENT, "nothing heard for " + context.times().deadAfter()));
      replies.write();
    }
    streams.look(nowNanos);
  }

  /** Closes on a caller that keeps sending signs of life but has stopped reading. */
  private void checkClogged(long nowNanos) {
    if (unsentBytes() <= context.limits().unsentReplyBytes()) {
      clogged = 0;
    } else if (clogged == 0) {
      clogged = nowNanos | 1;
    } else if (nowNanos - clogged > context.times().callerDeadAfter().toNanos()) {
      close(CloseReason.SLOW_READER, unsentBytes() + " bytes of replies are unread for too long");
    }
  }

  private long unsentBytes() {
    return outbox.unsentBytes() + replies.waitingBytes();
  }
}
