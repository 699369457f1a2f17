package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Identity;
import io.actormesh.runtime.call.TraceContext;
import io.netty.buffer.ByteBuf;

/** The body of a CALL frame up to its payload. */
final class CallFrame {

  private CallFrame() {}

  /**
   * Starts the frame; the payload, or its first part, and {@link FrameWriter#end} are to follow.
   */
  static int begin(
      FrameWriter writer, ByteBuf out, OutboundCall call, int operation, int caller, long micros) {
    TraceContext trace = call.trace();
    String identity = call.identity();
    int flags =
        (trace == null ? 0 : FrameType.TRACED)
            | (identity == null ? 0 : FrameType.IDENTIFIED)
            | (call.argument() == null ? 0 : FrameType.STREAM);
    int start = writer.begin(out, FrameType.CALL, flags);
    out.writeLong(call.linkId);
    Wire.writeNumber(out, operation);
    Wire.writeNumber(out, caller);
    out.writeInt(call.instance());
    Wire.writeNumber(out, micros);
    Wire.writeNumber(out, call.attempt());
    out.writeByte(call.priority().code());
    if (trace != null) {
      writeTrace(out, trace);
    }
    if (identity != null) {
      Wire.writeText(out, identity);
    }
    return start;
  }

  /** Marks a frame as the first of several, and writes the size of the whole payload. */
  static void announceMore(ByteBuf out, int start, int totalBytes) {
    int flagsAt = start + 4;
    out.setByte(flagsAt, out.getByte(flagsAt) | FrameType.MORE);
    Wire.writeNumber(out, totalBytes);
  }

  private static void writeTrace(ByteBuf out, TraceContext trace) {
    out.writeLong(trace.traceIdHigh()).writeLong(trace.traceIdLow()).writeLong(trace.spanId());
    out.writeByte(trace.flags());
    Wire.writeText(out, trace.state());
  }

  /** Reads an identity; one that no front door would let in is the peer's mistake. */
  static String readIdentity(ByteBuf in) {
    String identity = Wire.readText(in);
    if (!Identity.isValid(identity)) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR, "identity of " + identity.length() + " characters");
    }
    return identity;
  }

  static TraceContext readTrace(ByteBuf in) {
    return new TraceContext(
        in.readLong(), in.readLong(), in.readLong(), in.readByte(), Wire.readText(in));
  }
}
