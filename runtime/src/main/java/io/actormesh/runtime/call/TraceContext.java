package io.actormesh.runtime.call;

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
    StringBuilder text = new StringBuilder(55).append("00-");
    hex(text, traceIdHigh, 16);
    hex(text, traceIdLow, 16);
    text.append('-');
    hex(text, spanId, 16);
    text.append('-');
    hex(text, flags & 0xffL, 2);
    return text.toString();
  }

  /** The trace id as 32 lower-case hex digits. */
  public String traceId() {
    StringBuilder text = new StringBuilder(32);
    hex(text, traceIdHigh, 16);
    hex(text, traceIdLow, 16);
    return text.toString();
  }

  /** Whether the caller asked for this trace to be recorded. */
  public boolean sampled() {
    return (flags & 1) != 0;
  }

  private static void hex(StringBuilder text, long value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      text.append(Character.forDigit((int) (value >>> shift) & 0xf, 16));
    }
  }

  private static long nonZero(RandomGenerator random) {
    long value = random.nextLong();
    return value == 0 ? 1 : value;
  }
}
