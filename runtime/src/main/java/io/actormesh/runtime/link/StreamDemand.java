package io.actormesh.runtime.link;

/**
 * What the writer of a stream may still send, and how much of it to ask its producer for: never
 * more elements than are granted, and of large ones only as many as the granted bytes are likely to
 * hold. Owned by the loop.
 */
final class StreamDemand {

  private final int mostElements;
  private final int mostBytes;
  private long elements;
  private long bytes;

  /** Asked for, and not sent yet. */
  private long outstanding;

  /** The size of the largest element of late; at first a guess that lets some few come. */
  private long expectedBytes;

  StreamDemand(StreamLimits limits) {
    mostElements = limits.windowElements();
    mostBytes = limits.windowBytes();
    expectedBytes = Math.max(1, mostBytes / 64);
  }

  void grant(long moreElements, long moreBytes) {
    elements = saturatedSum(elements, moreElements);
    bytes = saturatedSum(bytes, moreBytes);
  }

  /** Whether an element may be sent; its bytes may overdraw. */
  boolean granted() {
    return elements > 0 && bytes > 0;
  }

  void spend(int size) {
    elements--;
    bytes -= size;
    outstanding--;
    expectedBytes = Math.max(1, Math.max(size, expectedBytes - (expectedBytes >> 4)));
  }

  /** How many elements to ask for now; few large requests rather than many small ones. */
  long ask() {
    if (!granted()) {
      return 0;
    }
    long fit = Math.max(1, Math.min(bytes, mostBytes) / expectedBytes);
    long target = Math.min(fit, Math.min(elements, mostElements));
    long more = target - outstanding;
    if (more <= 0 || (outstanding > 0 && more < outstanding)) {
      return 0;
    }
    outstanding += more;
    return more;
  }

  private static long saturatedSum(long present, long more) {
    long sum = present + Math.max(0, more);
    return sum < present ? Long.MAX_VALUE : sum;
  }
}
