package io.actormesh.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.actormesh.runtime.failure.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EdgeStatsTest {

  private static final EdgeId ID = new EdgeId("cart", "stock", "reserve", "n1/0");

  private final ManualTicker ticker = new ManualTicker();
  private final EdgeStats edge = new EdgeStats(ID, ticker);

  /** Each number is one call: -1 stays in flight, 0 is answered, n fails with the n-th code. */
  @Property(tries = 200)
  void countsAgreeWithAModel(
      @ForAll @Size(max = 60) List<@IntRange(min = -1, max = 3) Integer> calls) {
    FailureCode[] codes = FailureCode.values();
    EdgeStats stats = new EdgeStats(ID, ticker);
    Map<FailureCode, Long> failures = new EnumMap<>(FailureCode.class);
    long inFlight = 0;
    for (int call : calls) {
      stats.begin();
      if (call < 0) {
        inFlight++;
        continue;
      }
      @Nullable FailureCode code = call == 0 ? null : codes[call];
      stats.end(code, 1000, 10, 20);
      if (code != null) {
        failures.merge(code, 1L, Long::sum);
      }
    }
    long ended = calls.size() - inFlight;
    EdgeSnapshot snapshot = stats.snapshot();
    assertThat(snapshot.begun()).isEqualTo(calls.size());
    assertThat(snapshot.calls()).isEqualTo(ended);
    assertThat(snapshot.inFlight()).isEqualTo(inFlight).isEqualTo(stats.inFlight());
    assertThat(snapshot.failures()).isEqualTo(failures);
    assertThat(snapshot.requestBytes()).isEqualTo(10 * ended);
    assertThat(snapshot.replyBytes()).isEqualTo(20 * ended);
    assertThat(snapshot.latencyNanos()).isEqualTo(1000 * ended);
  }

  @Test
  void nothingIsLostBetweenThreadsAndNoReadingContradictsItself() throws Exception {
    int threads = 6;
    int each = 20_000;
    AtomicBoolean counting = new AtomicBoolean(true);
    ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
    try {
      Future<?> reader = pool.submit(() -> readWhile(counting));
      List<Future<Void>> writers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        writers.add(pool.submit(writer(each)));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
      counting.set(false);
      reader.get();
    } finally {
      pool.shutdownNow();
    }
    EdgeSnapshot snapshot = edge.snapshot();
    assertThat(snapshot.calls()).isEqualTo((long) threads * each);
    assertThat(snapshot.failed()).isEqualTo((long) threads * each / 4);
    assertThat(snapshot.requestBytes()).isEqualTo((long) threads * each * 3);
    assertThat(snapshot.inFlight()).isZero();
  }

  @Test
  void ratesAreThoseOfTheLastTenSeconds() {
    for (int second = 0; second < 60; second++) {
      perform(second < 30 ? 100 : 7, second % 2 == 0 ? 1 : 0);
      ticker.advance(Duration.ofSeconds(1));
      edge.tick();
    }
    RecentFigures recent = edge.snapshot().recent();
    assertThat(recent.callsPerSecond()).isCloseTo(7, within(0.001));
    assertThat(recent.failuresPerSecond()).isCloseTo(0.5, within(0.001));
  }

  @Test
  void recentPercentilesForgetWhatWasTwentySecondsAgo() {
    count(100, 1_000_000_000L);
    for (int second = 0; second < 21; second++) {
      ticker.advance(Duration.ofSeconds(1));
      edge.tick();
    }
    count(10, 1_000_000L);
    EdgeSnapshot snapshot = edge.snapshot();
    assertThat(snapshot.recent().latency().count()).isEqualTo(10);
    assertThat(snapshot.recent().p99Micros()).isCloseTo(1000, within(125.0));
    assertThat(snapshot.latency().percentileMicros(0.99)).isCloseTo(1e6, within(0.125e6));
  }

  @Test
  void withoutATickerTheRateIsOverTheTimeBetweenReadings() {
    assertThat(edge.snapshot().recent().callsPerSecond()).isZero();
    count(300, 1000);
    ticker.advance(Duration.ofSeconds(30));
    assertThat(edge.snapshot().recent().callsPerSecond()).isCloseTo(10, within(0.001));
    ticker.advance(Duration.ofSeconds(30));
    assertThat(edge.snapshot().recent().callsPerSecond()).isZero();
  }

  @Test
  void aFreshEdgeDoesNotReportARateThatNeverWas() {
    count(5, 1000);
    ticker.advance(Duration.ofMillis(1));
    assertThat(edge.snapshot().recent().callsPerSecond()).isCloseTo(5, within(0.001));
  }

  private void perform(int calls, int failing) {
    for (int i = 0; i < calls; i++) {
      edge.begin();
      edge.end(i < failing ? FailureCode.DEADLINE : null, 1000, 0, 0);
    }
  }

  private void count(int calls, long nanos) {
    for (int i = 0; i < calls; i++) {
      edge.begin();
      edge.end(null, nanos, 0, 0);
    }
  }

  private Callable<Void> writer(int calls) {
    return () -> {
      for (int i = 0; i < calls; i++) {
        edge.begin();
        edge.end(i % 4 == 0 ? FailureCode.DEADLINE : null, 1000L * i, 3, 0);
      }
      return null;
    };
  }

  private void readWhile(AtomicBoolean counting) {
    while (counting.get()) {
      EdgeSnapshot snapshot = edge.snapshot();
      assertThat(snapshot.failed()).isLessThanOrEqualTo(snapshot.calls());
      assertThat(snapshot.calls()).isLessThanOrEqualTo(snapshot.begun());
    }
  }
}
