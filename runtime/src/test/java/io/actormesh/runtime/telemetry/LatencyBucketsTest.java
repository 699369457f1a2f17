package io.actormesh.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {

  private static final long LONGEST = 60_000_000_000L;

  @Property
  void everyLatencyLiesWithinItsBucket(@ForAll @LongRange(min = 1, max = LONGEST) long nanos) {
    int bucket = LatencyBuckets.of(nanos);
    assertThat(nanos).isGreaterThan(LatencyBuckets.above(bucket) * 1000);
    assertThat(nanos).isLessThanOrEqualTo(LatencyBuckets.upTo(bucket) * 1000);
  }

  @Test
  void bucketsAreAdjacentAndNoWiderThanAnEighthOfTheirLowerBound() {
    for (int bucket = 8; bucket < LatencyBuckets.COUNT - 1; bucket++) {
      long above = LatencyBuckets.above(bucket);
      long width = LatencyBuckets.upTo(bucket) - above;
      assertThat(width).isPositive();
      assertThat(width * 8).isLessThanOrEqualTo(above);
      assertThat(LatencyBuckets.of(above * 1000 + 1)).isEqualTo(bucket);
      assertThat(LatencyBuckets.of(LatencyBuckets.upTo(bucket) * 1000)).isEqualTo(bucket);
    }
  }

  @Test
  void whatIsNotPositiveCountsAsShortestAndWhatIsTooLongAsLongest() {
    assertThat(LatencyBuckets.of(0)).isZero();
    assertThat(LatencyBuckets.of(Long.MIN_VALUE)).isZero();
    assertThat(LatencyBuckets.of(TimeUnit.HOURS.toNanos(1))).isEqualTo(LatencyBuckets.COUNT - 1);
    assertThat(LatencyBuckets.of(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
  }

  @Property(tries = 200)
  void percentilesAgreeWithAnExactHistogramWithinABucket(
      @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 1, max = LONGEST) Long> latencies) {
    Histogram oracle = new Histogram(LONGEST, 4);
    LatencyRecorder recorder = new LatencyRecorder();
    latencies.forEach(
        nanos -> {
          oracle.recordValue(nanos);
          recorder.record(nanos);
        });
    LatencyDistribution distribution = recorder.distribution();
    for (double percentile : new double[] {1, 50, 90, 99, 100}) {
      double exact = oracle.getValueAtPercentile(percentile) / 1000.0;
      // One bucket is an eighth wide, HdrHistogram's own error with four digits is 1/10,000.
      assertThat(distribution.percentileMicros(percentile / 100))
          .isBetween(exact * (1 - 0.1251) - 1, exact * (1 + 0.1251) + 1);
    }
  }

  @Property(tries = 200)
  void coarserCountsSayHowManyTookAtMostTheBound(
      @ForAll @Size(max = 100) List<@LongRange(min = 1, max = LONGEST) Long> latencies) {
    long[] bounds = {64, 1024, 1 << 20};
    LatencyRecorder recorder = new LatencyRecorder();
    latencies.forEach(recorder::record);
    long[] coarse = recorder.distribution().coarser(bounds);
    long upTo = 0;
    for (int i = 0; i < bounds.length; i++) {
      upTo += coarse[i];
      long bound = bounds[i] * 1000;
      assertThat(upTo).isEqualTo(latencies.stream().filter(nanos -> nanos <= bound).count());
    }
    assertThat(upTo + coarse[bounds.length]).isEqualTo(latencies.size());
  }
}
