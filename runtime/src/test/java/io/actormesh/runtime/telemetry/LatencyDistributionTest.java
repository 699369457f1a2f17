package io.actormesh.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatencyDistributionTest {

  @Property(tries = 200)
  void theSparseFormBringsBackTheSameDistribution(
      @ForAll @Size(max = 50) List<@LongRange(min = 1, max = 60_000_000_000L) Long> latencies) {
    LatencyDistribution distribution = of(latencies);
    LatencyDistribution back = LatencyDistribution.ofSparse(distribution.sparse());
    assertThat(back.sparse()).isEqualTo(distribution.sparse());
    assertThat(back.count()).isEqualTo(latencies.size());
    assertThat(back.percentileMicros(0.9)).isEqualTo(distribution.percentileMicros(0.9));
  }

  @Property(tries = 200)
  void theSumOfTwoIsTheDistributionOfAllTheirCalls(
      @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 60_000_000_000L) Long> some,
      @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 60_000_000_000L) Long> more) {
    LatencyRecorder recorder = new LatencyRecorder();
    some.forEach(recorder::record);
    more.forEach(recorder::record);
    LatencyDistribution both = of(some).plus(of(more));
    assertThat(both.sparse()).isEqualTo(recorder.distribution().sparse());
    assertThat(both.since(of(some)).sparse()).isEqualTo(of(more).sparse());
  }

  @Test
  void noCallsHaveThePercentileZero() {
    assertThat(LatencyDistribution.EMPTY.percentileMicros(0.99)).isZero();
  }

  @Test
  void aShareThatIsNoneIsRefusedWithItsValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyDistribution.EMPTY.percentileMicros(99))
        .withMessageContaining("share: 99.0");
  }

  @Test
  void aSparseFormOfANewerPeerWithOtherBucketsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyDistribution.ofSparse(List.of(193L, 1L)))
        .withMessageContaining("bucket: 193");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyDistribution.ofSparse(List.of(1L)))
        .withMessageContaining("expected: even");
  }

  private static LatencyDistribution of(List<Long> latencies) {
    LatencyRecorder recorder = new LatencyRecorder();
    latencies.forEach(recorder::record);
    return recorder.distribution();
  }
}
