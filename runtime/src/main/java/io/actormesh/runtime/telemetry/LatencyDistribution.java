package io.actormesh.runtime.telemetry;

import java.util.ArrayList;
import java.util.List;

/**
 * How many calls took how long: an immutable histogram with eight buckets per doubling from 8 µs to
 * 67 s. Distributions of several nodes can be added up, and percentiles taken of the sum, which
 * cannot be done with the percentiles themselves.
 */
public final class LatencyDistribution {

  /** The distribution of no call at all. */
  public static final LatencyDistribution EMPTY =
      new LatencyDistribution(new long[LatencyBuckets.COUNT]);

  private final long[] counts;
  private final long total;

  private LatencyDistribution(long[] counts) {
    this.counts = counts;
    this.total = sum(counts);
  }

  /** Takes over the array. */
  static LatencyDistribution of(long[] counts) {
    return new LatencyDistribution(counts);
  }

  /** The number of calls. */
  public long count() {
    return total;
  }

  /**
   * The latency in microseconds that the given share of calls did not exceed, off by less than 1/8
   * of it (by less than 1 µs below 8 µs). 0 if there was no call; 67 s for what took longer than
   * that.
   *
   * @param share above 0 and at most 1, such as 0.99
   */
  public double percentileMicros(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + " (expected: above 0, at most 1)");
    }
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long before = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (before + counts[bucket] >= rank) {
        return within(bucket, (double) (rank - before) / counts[bucket]);
      }
      before += counts[bucket];
    }
    return 0;
  }

  /** The calls of both. */
  public LatencyDistribution plus(LatencyDistribution other) {
    long[] sums = counts.clone();
    for (int bucket = 0; bucket < sums.length; bucket++) {
      sums[bucket] += other.counts[bucket];
    }
    return new LatencyDistribution(sums);
  }

  /** The calls of this one that were not yet in an earlier reading of the same histogram. */
  public LatencyDistribution since(LatencyDistribution earlier) {
    long[] differences = counts.clone();
    for (int bucket = 0; bucket < differences.length; bucket++) {
      differences[bucket] = Math.max(0, differences[bucket] - earlier.counts[bucket]);
    }
    return new LatencyDistribution(differences);
  }

  /** The filled buckets, as pairs of index and count: the form that travels between nodes. */
  public List<Long> sparse() {
    List<Long> pairs = new ArrayList<>();
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] != 0) {
        pairs.add((long) bucket);
        pairs.add(counts[bucket]);
      }
    }
    return List.copyOf(pairs);
  }

  /**
   * Reads the form that {@link #sparse} writes.
   *
   * @throws IllegalArgumentException if the list is not of pairs, or names a bucket that is none
   */
  public static LatencyDistribution ofSparse(List<Long> pairs) {
    long[] counts = new long[LatencyBuckets.COUNT];
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      long bucket = pairs.get(i);
      if (bucket < 0 || bucket >= counts.length) {
        throw new IllegalArgumentException("bucket: " + bucket + " (expected: 0 to 192)");
      }
      counts[(int) bucket] += pairs.get(i + 1);
    }
    if (pairs.size() % 2 != 0) {
      throw new IllegalArgumentException("pairs: " + pairs.size() + " numbers (expected: even)");
    }
    return new LatencyDistribution(counts);
  }

  /**
   * How many calls took at most each of the given bounds, which must be bounds of buckets, minus
   * those of the bound before: the counts of a coarser histogram, the last without a bound.
   */
  long[] coarser(long[] boundsMicros) {
    long[] coarse = new long[boundsMicros.length + 1];
    int at = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      while (at < boundsMicros.length && LatencyBuckets.upTo(bucket) > boundsMicros[at]) {
        at++;
      }
      coarse[at] += counts[bucket];
    }
    return coarse;
  }

  private static double within(int bucket, double share) {
    double above = LatencyBuckets.above(bucket);
    boolean bounded = bucket < LatencyBuckets.COUNT - 1;
    return bounded ? above + (LatencyBuckets.upTo(bucket) - above) * share : above;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
