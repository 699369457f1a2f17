package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The caller's end of one connection: the calls it carries, and the frames that answer them. */
final class CallerConnection implements Connection, LoopWatch.Watched, StreamTable.Owner {

  /**
   * How much longer than its deadline a written call waits for the server to say how far it came.
   */
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

  private final Lane lane;
  private final LinkContext context;
  private final LoopTools tools;
  private final Channel channel;
  private final Outbox outbox;
  private final FrameWriter writer;
  private final OutboundTable table = new OutboundTable();
  private final SentDefinitions definitions = new SentDefinitions();
  private final ChunkedWrites chunks;
  private final StreamTable streams;
  private final ReplyParts parts;
  private final Credits credits = new Credits(0, 0);
  private @Nullable Silence silence;
  private int maxPayloadBytes;
  private boolean leaving;
  private boolean draining;
  private boolean gone;
  private boolean silent;
  private long pings;
  private LinkFailure failure = LinkFailure.BROKEN;
  private @Nullable String why;
  private @Nullable CloseReason closedBecause;

  CallerConnection(Lane lane, LinkContext context, LoopTools tools, Channel channel) {
    this.lane = lane;
    this.context = context;
    this.tools = tools;
    this.channel = channel;
    outbox = new Outbox(channel, context.observer());
    writer = new FrameWriter(context.settings().oldestVersion());
    streams = new StreamTable(this, context, tools.loop(), outbox, writer);
    chunks = new ChunkedWrites(context.limits().chunkBytes());
    parts = new ReplyParts(context);
    maxPayloadBytes = context.limits().maxPayloadBytes();
  }

  /** Whether the handshake is over and calls may be written. */
  boolean open() {
    return silence != null && !gone;
  }

  /** Whether a call can be written now. */
  boolean ready() {
    return credits.any() && !leaving && !gone && outbox.writable();
  }

  /** Whether credits are what is missing. */
  boolean exhausted() {
    return !credits.any();
  }

  @Override
  public int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  @Override
  public boolean knew(long id, boolean written) {
    OutboundCall call = table.get(id);
    return table.issued(id) && (call == null || (written && call.argument() != null));
  }

  int inFlight() {
    return table.size();
  }

  /** Whether the peer has not been heard for too long. */
  boolean silent() {
    return silent;
  }

  /** What the peer said when it closed, if it did. */
  @Nullable CloseReason closedBecause() {
    return closedBecause;
  }

  /** Writes a call whose deadline has not passed; the frames go out with the next {@link #pump}. */
  void write(OutboundCall call, long nowNanos) {
    ByteBuf payload = call.payload;
    call.payload = null;
    call.connection = this;
    table.add(call);
    credits.spend(call.payloadBytes);
    int operation = definitions.operation(call.key(), outbox, writer);
    int caller = definitions.caller(call.caller(), outbox, writer);
    long micros = Math.max(1, (call.deadlineNanos() - nowNanos) / 1000);
    ByteBuf out = outbox.room();
    int start = CallFrame.begin(writer, out, call, operation, caller, micros);
    writePayload(call, payload, out, start);
    Flow.Publisher<ByteBuf> argument = call.argument();
    if (argument != null) {
      streams.openWriter(call.linkId, argument, false);
    }
    tools.wheel().add(call, call.deadlineNanos() + GRACE_NANOS);
  }

  private void writePayload(OutboundCall call, @Nullable ByteBuf payload, ByteBuf out, int start) {
    int chunk = context.limits().chunkBytes();
    if (call.payloadBytes > chunk && payload != null) {
      CallFrame.announceMore(out, start, call.payloadBytes);
      out.writeBytes(payload, chunk);
      chunks.add(call.linkId, payload);
    } else {
      if (payload != null) {
        out.writeBytes(payload);
        payload.release();
      }
      call.written = true;
    }
    writer.end(out, start);
  }

  /** Sends what has been written, and parts of large payloads. */
  @Override
  public void pump() {
    if (gone) {
      return;
    }
    boolean moreChunks = chunks.write(outbox, writer, this::chunksWritten);
    boolean moreElements = streams.write();
    outbox.flush();
    closeWhenDone();
    if (moreChunks || moreElements) {
      LoopTools.goOnLater(tools.loop(), this::pump);
    }
  }

  private void chunksWritten(long id) {
    OutboundCall call = table.get(id);
    if (call != null) {
      call.written = true;
    }
  }

  /** Asks the server not to run a call; it stays until the answer comes. */
  void recall(OutboundCall call) {
    chunks.cancel(call.linkId);
    writer.recall(outbox.room(), call.linkId);
    streams.drop(call.linkId, givenUp());
    pump();
  }

  /** Ends a call whose deadline, and the grace after it, have passed. */
  void expire(OutboundCall call) {
    remove(call);
    recall(call);
    Ends.failed(call, LinkFailure.DEADLINE, call.written, "no answer from " + lane.peerText());
  }

  /** Says why, closes, and fails every call. */
  void close(LinkFailure kind, CloseReason reason, String detail) {
    if (gone) {
      return;
    }
    failure = kind;
    why = why == null ? detail : why;
    writer.close(outbox.room(), reason, detail);
    outbox.flush();
    var unused = channel.close();
    // A socket that is stuck may take its time; the calls must not.
    onGone(detail);
  }

  @Override
  public void onActive(Channel active) {
    LinkPeer self = context.settings().self().get();
    LinkPeer peer = lane.peer();
    writer.hello(
        outbox.room(),
        new Hello(
            context.settings().oldestVersion(),
            context.settings().newestVersion(),
            context.settings().cluster(),
            self.name(),
            self.nodeAddress(),
            self.incarnation(),
            peer.nodeAddress(),
            peer.incarnation()));
    outbox.flush();
  }

  @Override
  public void onFrame(int version, int type, int flags, ByteBuf body) {
    if (gone) {
      return;
    }
    if (!open() && type != FrameType.HELLO && type != FrameType.CLOSE) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR, "frame of type " + type + " before the handshake's end");
    }
    if (open()) {
      writer.expect(version);
    }
    switch (type) {
      case FrameType.HELLO -> onWelcome(Welcome.read(body));
      case FrameType.REPLY -> onReply(flags, body);
      case FrameType.CHUNK -> onChunk(flags, body);
      case FrameType.REFUSE -> onRefuse(body);
      case FrameType.ACCEPTED -> onAccepted(body);
      case FrameType.CREDIT -> credits.grant(Wire.readNumber(body), Wire.readNumber(body));
      case FrameType.PING -> writer.beat(outbox.room(), FrameType.PONG, body.readLong());
      case FrameType.PONG -> {}
      case FrameType.GOAWAY -> onGoAway(body);
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

  private void onWelcome(Welcome welcome) {
    LinkSettings settings = context.settings();
    if (open()) {
      throw new LinkProtocolException(CloseReason.PROTOCOL_ERROR, "a second HELLO");
    }
    if (welcome.version() < settings.oldestVersion()
        || welcome.version() > settings.newestVersion()) {
      throw new LinkProtocolException(
          CloseReason.VERSION_MISMATCH, "version " + welcome.version() + " was not offered");
    }
    writer.version(welcome.version());
    credits.grant(welcome.calls(), welcome.bytes());
    maxPayloadBytes = Math.min(maxPayloadBytes, welcome.maxPayloadBytes());
    silence = new Silence(settings.times(), context.ticker().nowNanos(), tools.watch().lostNanos());
    tools.watch().add(this);
    lane.onOpen(this);
  }

  private void onReply(int flags, ByteBuf body) {
    long id = body.readLong();
    OutboundCall call = table.get(id);
    LoadReport load = FrameWriter.readLoad(body);
    int queued = FrameWriter.readMicros(body);
    int served = FrameWriter.readMicros(body);
    boolean error = (flags & FrameType.ERROR) != 0;
    if (call == null) {
      context.observer().onDropped(LinkObserver.Drop.LATE_REPLY);
      if ((flags & FrameType.STREAM) != 0) {
        streams.writeCancel(id, givenUp());
      }
      return;
    }
    call.timed(queued, served);
    if ((flags & FrameType.STREAM) != 0) {
      remove(call);
      StreamReader elements = streams.openReader(call.linkId);
      Ends.repliedWithStream(call, elements, load);
      streams.expectSubscriber(elements);
    } else if ((flags & FrameType.MORE) != 0) {
      startReply(call, body, error, load);
    } else {
      remove(call);
      Ends.replied(call, body, error, load);
    }
  }

  private void startReply(OutboundCall call, ByteBuf body, boolean error, LoadReport load) {
    Refusal refusal = parts.start(call, body, error, load);
    if (refusal != null) {
      remove(call);
      streams.drop(call.linkId, givenUp());
      Ends.refused(call, refusal, load);
    }
  }

  private void onChunk(int flags, ByteBuf body) {
    OutboundCall call = table.get(body.readLong());
    if (call == null) {
      context.observer().onDropped(LinkObserver.Drop.LATE_CHUNK);
      return;
    }
    ByteBuf whole = parts.append(call, body, (flags & FrameType.MORE) != 0);
    if (whole != null) {
      remove(call);
      LoadReport load = call.replyLoad;
      try {
        Ends.replied(call, whole, call.replyIsError, load == null ? LoadReport.NONE : load);
      } finally {
        whole.release();
      }
    }
  }

  private void onRefuse(ByteBuf body) {
    OutboundCall call = table.get(body.readLong());
    LoadReport load = FrameWriter.readLoad(body);
    int queued = FrameWriter.readMicros(body);
    int served = FrameWriter.readMicros(body);
    RefusalReason reason =
        RefusalReason.ofNumber(Wire.readInt(body, Integer.MAX_VALUE, "reason of a refusal"));
    long retryAfterMillis = Wire.readNumber(body);
    String detail = Wire.readText(body);
    if (call == null) {
      context.observer().onDropped(LinkObserver.Drop.LATE_REPLY);
      return;
    }
    remove(call);
    chunks.cancel(call.linkId);
    streams.drop(call.linkId, null);
    call.timed(queued, served);
    Ends.refused(call, new Refusal(reason, detail, retryAfterMillis), load);
  }

  private void onAccepted(ByteBuf body) {
    LoadReport load = FrameWriter.readLoad(body);
    while (body.isReadable()) {
      OutboundCall call = table.get(body.readLong());
      if (call == null) {
        context.observer().onDropped(LinkObserver.Drop.LATE_REPLY);
      } else {
        remove(call);
        Ends.accepted(call, load);
      }
    }
  }

  private void onGoAway(ByteBuf body) {
    long lastAccepted = body.readLong();
    CloseReason reason =
        CloseReason.ofNumber(Wire.readInt(body, Integer.MAX_VALUE, "reason of GOAWAY"));
    leaving = true;
    draining = reason == CloseReason.DRAINING;
    lane.onGoAway(this, reason);
    table.forEach(
        call -> {
          if (call.linkId > lastAccepted) {
            remove(call);
            chunks.cancel(call.linkId);
            streams.drop(call.linkId, null);
            Ends.failed(call, LinkFailure.CLOSED, false, lane.peerText() + " takes no more calls");
          }
        });
    closeWhenDone();
  }

  private void onClose(ByteBuf body) {
    CloseReason reason =
        CloseReason.ofNumber(Wire.readInt(body, Integer.MAX_VALUE, "reason of CLOSE"));
    closedBecause = reason;
    draining |= reason == CloseReason.SHUTDOWN || reason == CloseReason.DRAINING;
    why = lane.peerText() + " closed the connection: " + reason + ", " + Wire.readText(body);
    var unused = channel.close();
  }

  private void closeWhenDone() {
    if (leaving && table.size() == 0 && streams.isEmpty()) {
      close(LinkFailure.CLOSED, CloseReason.REPLACED, "all calls on it are done");
    }
  }

  @Override
  public void onReadEnd() {
    Silence own = silence;
    if (own != null) {
      own.heard();
    }
    lane.pump();
    pump();
  }

  @Override
  public void onWritable() {
    lane.pump();
    pump();
  }

  @Override
  public void onViolation(CloseReason reason, String detail) {
    close(
        LinkFailure.BROKEN,
        reason,
        "closed the connection to " + lane.peerText() + ": " + reason + ", " + detail);
  }

  @Override
  public void onGone(String cause) {
    if (gone) {
      return;
    }
    gone = true;
    tools.watch().remove(this);
    chunks.close();
    String reason = why == null ? cause : why;
    streams.close(new StreamFailure(streamFault(), reason));
    outbox.close();
    lane.onGone(this, reason);
    table.forEach(
        call -> {
          remove(call);
          Ends.failed(call, failure, call.written, reason);
        });
  }

  private static StreamFailure givenUp() {
    return new StreamFailure(StreamFault.CANCELLED, "the caller has given the call up");
  }

  private StreamFault streamFault() {
    if (failure == LinkFailure.SILENT) {
      return StreamFault.SILENT;
    }
    return draining ? StreamFault.DRAINING : StreamFault.LOST;
  }

  @Override
  public void look(long nowNanos, long lostNanos) {
    Silence own = silence;
    if (own == null || gone) {
      return;
    }
    streams.look(nowNanos);
    Silence.Verdict verdict = own.judge(nowNanos, lostNanos, outbox.takeWrote());
    boolean before = silent;
    silent = verdict == Silence.Verdict.SILENT || verdict == Silence.Verdict.DEAD;
    if (silent != before) {
      lane.onSilence(this);
    }
    if (verdict == Silence.Verdict.PING) {
      writer.beat(outbox.room(), FrameType.PING, ++pings);
      pump();
    } else if (verdict == Silence.Verdict.DEAD) {
      close(LinkFailure.SILENT, CloseReason.SILENT, lane.peerText() + " is silent");
    }
  }

  private void remove(OutboundCall call) {
    table.remove(call);
    tools.wheel().remove(call);
  }
}
