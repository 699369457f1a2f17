package io.actormesh.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.OutputStats;
import io.actormesh.runtime.telemetry.TelemetrySettings;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SpanExportTest {

  private static final Duration AMPLE = Duration.ofSeconds(20);

  private final OutputStats stats =
      new CallMetrics(Ticker.system(), TelemetrySettings.DEFAULTS).output("spans");

  @Test
  void aFlushSendsWhatHasEnded() {
    SpanExport export = export(1.0, Duration.ofMinutes(1), CompletableResultCode::ofSuccess);
    end(export, 3);
    assertThat(export.flush()).succeedsWithin(AMPLE);
    assertThat(stats.written()).isEqualTo(3);
    assertThat(export.close(AMPLE)).succeedsWithin(AMPLE);
  }

  @Test
  void spansThatTheCollectorDoesNotTakeAreCountedAndTheNextOnesTried() {
    AtomicInteger tries = new AtomicInteger();
    SpanExport export =
        export(
            1.0,
            Duration.ofMinutes(1),
            () ->
                tries.incrementAndGet() == 1
                    ? CompletableResultCode.ofFailure()
                    : CompletableResultCode.ofSuccess());
    end(export, 2);
    assertThat(export.flush()).succeedsWithin(AMPLE);
    end(export, 4);
    assertThat(export.close(AMPLE)).succeedsWithin(AMPLE);
    assertThat(stats.failures()).isEqualTo(2);
    assertThat(stats.written()).isEqualTo(4);
  }

  @Test
  void spansThatFindNoRoomBehindASlowCollectorAreDroppedAndCounted() {
    CompletableResultCode stuck = new CompletableResultCode();
    AtomicInteger tries = new AtomicInteger();
    SpanExport export =
        export(
            1.0,
            Duration.ofMillis(10),
            () -> {
              tries.incrementAndGet();
              return stuck;
            });
    end(export, 1);
    await().until(() -> tries.get() == 1);
    end(export, 20);
    assertThat(stats.drops()).isEqualTo(4);
    stuck.succeed();
    assertThat(export.close(AMPLE)).succeedsWithin(AMPLE);
    assertThat(stats.written()).isEqualTo(17);
  }

  @Test
  void aTraceThatTheSamplerLeavesOutIsNotSent() {
    SpanExport export = export(0.0, Duration.ofMinutes(1), CompletableResultCode::ofSuccess);
    end(export, 5);
    assertThat(export.close(AMPLE)).succeedsWithin(AMPLE);
    assertThat(stats.written() + stats.drops() + stats.failures()).isZero();
  }

  private static void end(SpanExport export, int spans) {
    Tracer tracer = export.provider().get("test");
    for (int i = 0; i < spans; i++) {
      tracer.spanBuilder("span").startSpan().end();
    }
  }

  private SpanExport export(
      double ratio, Duration interval, Supplier<CompletableResultCode> collector) {
    TracingSettings settings =
        new TracingSettings(
            "http://nowhere", Map.of(), ratio, Map.of(), 16, 16, interval, Duration.ofSeconds(10));
    return SpanExport.start(settings, new Fake(collector), stats);
  }

  private record Fake(Supplier<CompletableResultCode> collector) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return collector.get();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
