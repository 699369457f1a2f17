package io.actormesh.runtime.node;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.ingress.AccessLog;
import io.actormesh.runtime.ingress.RequestRecords;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.tracing.SpanExport;
import io.actormesh.runtime.tracing.Tracing;
import io.actormesh.runtime.tracing.TracingSettings;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells of single requests and calls: its access log; and its spans, by its own export
 * or the application's OpenTelemetry. Each may be off.
 */
final class Telemetry {

  /** What the last lines of the access log may take. */
  private static final Duration WRITING = Duration.ofSeconds(2);

  private final @Nullable Tracing tracing;
  private final @Nullable SpanExport export;
  private final @Nullable AccessLog accessLog;
  private final InstantSource clock;

  private Telemetry(
      @Nullable Tracing tracing,
      @Nullable SpanExport export,
      @Nullable AccessLog accessLog,
      InstantSource clock) {
    this.tracing = tracing;
    this.export = export;
    this.accessLog = accessLog;
    this.clock = clock;
  }

  static Telemetry start(
      NodePlan plan,
      String node,
      CallMetrics metrics,
      RandomGenerator random,
      InstantSource clock) {
    AccessLog log = accessLog(plan.settings().ingress(), metrics, random);
    OpenTelemetry given = plan.openTelemetry();
    if (given != null) {
      return new Telemetry(new Tracing(given.getTracerProvider(), node), null, log, clock);
    }
    if (!plan.settings().tracing().enabled()) {
      return new Telemetry(null, null, log, clock);
    }
    SpanExport export = SpanExport.start(settings(plan.settings(), node), metrics.output("spans"));
    return new Telemetry(new Tracing(export.provider(), node), export, log, clock);
  }

  private static @Nullable AccessLog accessLog(
      NodeSettings.Ingress ingress, CallMetrics metrics, RandomGenerator random) {
    return ingress.accessLog().enabled() && ingress.port().isPresent()
        ? AccessLog.start(ingress.accessLog(), random, metrics.output("access-log"))
        : null;
  }

  private static TracingSettings settings(NodeSettings node, String name) {
    NodeSettings.Tracing tracing = node.tracing();
    Map<String, String> resource = new HashMap<>();
    resource.put("service.name", tracing.serviceName().orElse(node.cluster().name()));
    resource.put("service.instance.id", name);
    resource.put("service.version", node.node().version());
    if (!node.node().zone().isEmpty()) {
      resource.put("cloud.availability_zone", node.node().zone());
    }
    resource.putAll(tracing.resource());
    return new TracingSettings(
        tracing.endpoint(),
        tracing.headers(),
        tracing.sampleRatio(),
        resource,
        tracing.queue(),
        tracing.batch(),
        tracing.interval(),
        tracing.exportTimeout());
  }

  /** Makes spans; null if tracing is off. */
  @Nullable Tracing tracing() {
    return tracing;
  }

  /** Records requests; null if nothing of them is wanted. */
  @Nullable RequestRecords requests(Ticker ticker) {
    return RequestRecords.of(accessLog, tracing, clock, ticker);
  }

  /** Sends and writes what there is; completes within the export's time-out. */
  CompletionStage<Void> flush() {
    CompletionStage<Void> spans = export == null ? nothing() : export.flush();
    return accessLog == null
        ? spans
        : spans.thenCombine(accessLog.flush(WRITING), (sent, written) -> null);
  }

  /** Sends and writes what there is, and ends. */
  CompletionStage<Void> close(Duration within) {
    CompletionStage<Void> spans = export == null ? nothing() : export.close(within);
    return accessLog == null
        ? spans
        : spans.thenCombine(accessLog.close(within), (sent, written) -> null);
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedFuture(null);
  }
}
