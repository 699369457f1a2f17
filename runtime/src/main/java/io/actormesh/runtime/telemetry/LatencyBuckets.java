package io.actormesh.runtime.telemetry;

/**
 * The layout of a latency histogram: 1 µs wide below 8 µs, then eight buckets per doubling up to 67
 * s (2<sup>26</sup> µs), then one for what is longer. A bucket holds what is greater than the bound
 * before it and not greater than its own, as Prometheus wants it; the relative width is at most
 * 1/8.
 */
final class LatencyBuckets {

  /** The number of buckets, the last of which has no bound. */
  static final int COUNT = 193;

  private static final int UNBOUNDED = COUNT - 1;
  private static final long TOP_MICROS = 1L << 26;

  private LatencyBuckets() {}

  /** The bucket of a latency; what is not positive counts as the shortest. */
  static int of(long nanos) {
    long micros = (Math.max(nanos, 1) - 1) / 1000;
    if (micros < 8) {
      return (int) micros;
    }
    if (micros >= TOP_MICROS) {
      return UNBOUNDED;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(micros);
    int eighth = (int) (micros >>> (exponent - 3)) & 7;
    return (exponent - 2) * 8 + eighth;
  }

  /** What the latencies of a bucket are greater than, in microseconds. */
  static long above(int bucket) {
    return bucket == 0 ? 0 : upTo(bucket - 1);
  }

  /** What the latencies of a bucket do not exceed, in microseconds; endless for the last one. */
  static long upTo(int bucket) {
    if (bucket < 8) {
      return bucket + 1L;
    }
    if (bucket == UNBOUNDED) {
      return Long.MAX_VALUE;
    }
    return (9L + bucket % 8) << (bucket / 8 - 1);
  }
}
