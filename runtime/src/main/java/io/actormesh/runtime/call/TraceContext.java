package io.actormesh.runtime.call;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The position of a call in a distributed trace, as W3C Trace Context defines it.
 *
 * @param traceIdHigh upper half of the 128-bit trace id
 * @param traceIdLow lower half of the 128-bit trace id; the two halves are not both zero
 * @param spanId id of the span that is the parent of what happens next; not zero
 * @param flags trace flags; bit 0 = sampled
 * @param state the {@code tracestate} header as received, or empty
 */
public record TraceContext(
    long traceIdHigh, long traceIdLow, long spanId, byte flags, String state) {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private static final Pattern PARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  /** A new trace with random ids, not sampled. */
  public static TraceContext root(RandomGenerator random) {
    return new TraceContext(random.nextLong(), nonZero(random), nonZero(random), (byte) 0, "");
  }

  /** The same trace with a new span id: what a call made on behalf of this one carries. */
  public TraceContext child(RandomGenerator random) {
    return new TraceContext(traceIdHigh, traceIdLow, nonZero(random), flags, state);
  }

  /**
   * Reads the {@code traceparent} and {@code tracestate} headers. Empty if the header is not valid
   * under the specification's version 00 rules, in which case a new trace is to be started.
   */
  public static Optional<TraceContext> parse(String traceparent, String tracestate) {
    String text = traceparent.trim();
    if (!PARENT.matcher(text).matches() || text.startsWith("ff")) {
      return Optional.empty();
    }
    if (text.startsWith("00") && text.length() != 55) {
      return Optional.empty();
    }
    long high = Long.parseUnsignedLong(text, 3, 19, 16);
    long low = Long.parseUnsignedLong(text, 19, 35, 16);
    long span = Long.parseUnsignedLong(text, 36, 52, 16);
    if ((high | low) == 0 || span == 0) {
      return Optional.empty();
    }
    byte flags = (byte) Integer.parseInt(text, 53, 55, 16);
    return Optional.of(new TraceContext(high, low, span, flags, tracestate));
  }

  /** The value of the {@code traceparent} header. */
  public String traceparent() {
    byte[] text = new byte[55];
    text[0] = '0';
    text[1] = '0';
    text[2] = '-';
    hex(text, 3, traceIdHigh, 16);
    hex(text, 19, traceIdLow, 16);
    text[35] = '-';
    hex(text, 36, spanId, 16);
    text[52] = '-';
    hex(text, 53, flags, 2);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** The trace id as 32 lower-case hex digits. */
  public String traceId() {
    byte[] text = new byte[32];
    hex(text, 0, traceIdHigh, 16);
    hex(text, 16, traceIdLow, 16);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Whether the caller asked for this trace to be recorded. */
  public boolean sampled() {
    return (flags & 1) != 0;
  }

  private static void hex(byte[] text, int from, long value, int digits) {
    long rest = value;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = HEX[(int) rest & 0xf];
      rest >>>= 4;
    }
  }

  private static long nonZero(RandomGenerator random) {
    long value = random.nextLong();
    return value == 0 ? 1 : value;
  }
}
