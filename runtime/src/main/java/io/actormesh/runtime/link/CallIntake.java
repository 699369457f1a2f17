package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the calls of one caller, and decides on the header alone whether they may come in. */
final class CallIntake {

  private static final long FAR_FUTURE_MICROS = TimeUnit.DAYS.toMicros(365);
  private static final OperationKey UNKNOWN_KEY = new OperationKey("", "", "", "", false);

  private final LinkContext context;
  private final ReassemblyBudget budget;
  private final ReceivedDefinitions definitions = new ReceivedDefinitions();
  private long batchNanos;
  private boolean batchStarted;

  CallIntake(LinkContext context, ReassemblyBudget budget) {
    this.context = context;
    this.budget = budget;
  }

  void define(ByteBuf body) {
    definitions.define(body);
  }

  @Nullable OperationKey operation(int number) {
    return definitions.operation(number);
  }

  /** What arrives from here on is later. */
  void batchEnded() {
    batchStarted = false;
  }

  /** Reads what stands before the payload, but for id and operation. */
  CallHeader header(long id, @Nullable OperationKey key, int flags, ByteBuf body) {
    int callerNumber = Wire.readInt(body, Integer.MAX_VALUE, "number of a caller");
    int instance = body.readInt();
    long micros = Math.min(Math.max(0, Wire.readNumber(body)), FAR_FUTURE_MICROS);
    int attempt = Wire.readInt(body, Integer.MAX_VALUE, "attempt");
    Priority priority = Priority.ofCode(body.readByte());
    boolean traced = (flags & FrameType.TRACED) != 0;
    TraceContext trace = traced ? CallFrame.readTrace(body) : null;
    boolean identified = (flags & FrameType.IDENTIFIED) != 0;
    String identity = identified ? CallFrame.readIdentity(body) : null;
    long now = batchNow();
    return new CallHeader(
        id,
        key == null ? UNKNOWN_KEY : key,
        definitions.caller(callerNumber),
        instance,
        now,
        now + TimeUnit.MICROSECONDS.toNanos(micros),
        attempt,
        priority,
        trace,
        identity);
  }

  /** One reading of the clock for all calls that arrive together. */
  private long batchNow() {
    if (!batchStarted) {
      batchStarted = true;
      batchNanos = context.ticker().nowNanos();
    }
    return batchNanos;
  }

  static Refusal unknown(int operation) {
    return Refusal.of(
        RefusalReason.UNKNOWN_OPERATION, "operation number " + operation + " was never defined");
  }

  static Refusal tooManyStreams() {
    return Refusal.of(
        RefusalReason.TOO_MANY_STREAMS,
        "too many streams are open on the connection (link.stream.max-open)");
  }

  /**
   * Whether a call may come in: null, or why not. Reserves room for its parts if there are more.
   */
  @Nullable Refusal admit(int total, boolean more, long unsentBytes) {
    LinkLimits limits = context.limits();
    if (total > limits.maxPayloadBytes()) {
      return Refusal.of(
          RefusalReason.TOO_LARGE,
          "the message has " + total + " bytes (at most: " + limits.maxPayloadBytes() + ")");
    }
    if (unsentBytes > limits.unsentReplyBytes()) {
      return Refusal.of(
          RefusalReason.BYTES_FULL, unsentBytes + " bytes of replies to this caller are unread");
    }
    if (more && !budget.tryReserve(total)) {
      return Refusal.of(
          RefusalReason.BYTES_FULL,
          "the link has "
              + budget.limit()
              + " bytes for large messages under way, and "
              + budget.reserved()
              + " are taken");
    }
    return null;
  }
}
