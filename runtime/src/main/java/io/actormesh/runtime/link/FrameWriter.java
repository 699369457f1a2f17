package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;

/** Writes frames in the version that a connection has agreed on. Holds no buffer of its own. */
final class FrameWriter {

  private static final int LENGTH_OFFSET = 5;

  private int version;

  FrameWriter(int version) {
    this.version = version;
  }

  void version(int agreed) {
    version = agreed;
  }

  /**
   * Checks that a frame that has come is of the version agreed on.
   *
   * @throws LinkProtocolException if it is not
   */
  void expect(int received) {
    if (received != version) {
      throw new LinkProtocolException(
          CloseReason.VERSION_MISMATCH,
          "a frame of version " + received + " (agreed: " + version + ")");
    }
  }

  /** Starts a frame; what is written until {@link #end} is its body. Returns where it starts. */
  int begin(ByteBuf out, int type, int flags) {
    int start = out.writerIndex();
    out.writeLong(
        (long) FrameType.MAGIC << 48
            | (long) version << 40
            | (long) type << 32
            | (long) flags << 24);
    return start;
  }

  void end(ByteBuf out, int start) {
    out.setMedium(start + LENGTH_OFFSET, out.writerIndex() - start - FrameType.HEADER_BYTES);
  }

  void hello(ByteBuf out, Hello hello) {
    int start = begin(out, FrameType.HELLO, 0);
    hello.write(out);
    end(out, start);
  }

  void welcome(ByteBuf out, Welcome welcome) {
    int start = begin(out, FrameType.HELLO, 0);
    welcome.write(out);
    end(out, start);
  }

  void chunk(ByteBuf out, long id, ByteBuf payload, int length, boolean more) {
    int start = begin(out, FrameType.CHUNK, more ? FrameType.MORE : 0);
    out.writeLong(id).writeBytes(payload, length);
    end(out, start);
  }

  /** Ends a call without a reply; the times are those it waited and ran here. */
  void refuse(ByteBuf out, long id, LoadReport load, int queued, int served, Refusal refusal) {
    int start = begin(out, FrameType.REFUSE, 0);
    out.writeLong(id);
    load(out, load);
    times(out, queued, served);
    Wire.writeNumber(out, refusal.reason().number());
    Wire.writeNumber(out, Math.max(0, refusal.retryAfterMillis()));
    Wire.writeText(out, shortened(refusal.detail()));
    end(out, start);
  }

  void recall(ByteBuf out, long id) {
    int start = begin(out, FrameType.RECALL, 0);
    out.writeLong(id);
    end(out, start);
  }

  void credit(ByteBuf out, long calls, long bytes) {
    int start = begin(out, FrameType.CREDIT, 0);
    Wire.writeNumber(out, calls);
    Wire.writeNumber(out, bytes);
    end(out, start);
  }

  /** A PING, or the PONG that answers it with the same number. */
  void beat(ByteBuf out, int type, long number) {
    int start = begin(out, type, 0);
    out.writeLong(number);
    end(out, start);
  }

  void goAway(ByteBuf out, long lastAccepted, CloseReason reason) {
    int start = begin(out, FrameType.GOAWAY, 0);
    out.writeLong(lastAccepted);
    Wire.writeNumber(out, reason.number());
    end(out, start);
  }

  void close(ByteBuf out, CloseReason reason, String detail) {
    int start = begin(out, FrameType.CLOSE, 0);
    Wire.writeNumber(out, reason.number());
    Wire.writeText(out, shortened(detail));
    end(out, start);
  }

  static void load(ByteBuf out, LoadReport load) {
    Wire.writeNumber(out, load.inFlight());
    Wire.writeNumber(out, load.queued());
    Wire.writeNumber(out, load.queueAgeMicros());
    Wire.writeNumber(out, load.utilisationPermille());
    Wire.writeNumber(out, load.overloadLevel());
  }

  static LoadReport readLoad(ByteBuf in) {
    int inFlight = (int) Wire.readNumber(in);
    int queued = (int) Wire.readNumber(in);
    int age = (int) Wire.readNumber(in);
    int utilisation = (int) Wire.readNumber(in);
    int level = (int) Wire.readNumber(in);
    boolean none = (inFlight | queued | age | utilisation | level) == 0;
    return none ? LoadReport.NONE : new LoadReport(inFlight, queued, age, utilisation, level);
  }

  /** How long a call waited and ran here, in µs. */
  static void times(ByteBuf out, int queued, int served) {
    Wire.writeNumber(out, queued);
    Wire.writeNumber(out, served);
  }

  /** Reads one of the two times; what is out of range counts as the longest time. */
  static int readMicros(ByteBuf in) {
    long micros = Wire.readNumber(in);
    return micros < 0 || micros > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) micros;
  }

  static String shortened(String text) {
    return text.length() <= 4096 ? text : text.substring(0, 4096) + "…";
  }
}
