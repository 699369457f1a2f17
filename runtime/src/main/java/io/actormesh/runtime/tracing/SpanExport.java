package io.actormesh.runtime.tracing;

import io.actormesh.runtime.telemetry.BatchWorker;
import io.actormesh.runtime.telemetry.OutputStats;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the spans that are recorded to a collector, in batches, on a thread of its own. A collector
 * that is slow or gone costs the node nothing but the spans: they are dropped and counted, and one
 * line is logged when that begins and one when it is over.
 */
public final class SpanExport implements SpanProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);

  private final String destination;
  private final SpanExporter exporter;
  private final OutputStats stats;
  private final BatchWorker<ReadableSpan> worker;
  private final Duration timeout;
  private final SdkTracerProvider provider;

  /** Of the worker's thread alone. */
  private boolean failing;

  private SpanExport(TracingSettings settings, SpanExporter exporter, OutputStats stats) {
    this.destination = settings.endpoint();
    this.exporter = exporter;
    this.stats = stats;
    this.timeout = settings.exportTimeout();
    this.provider =
        SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampleRatio())))
            .setResource(resource(settings))
            .addSpanProcessor(this)
            .build();
    this.worker =
        BatchWorker.start(
            "actormesh-spans",
            new BatchWorker.Limits(settings.queue(), settings.batch(), settings.interval()),
            stats,
            this::export,
            exporter::shutdown);
  }

  /** Starts an export over the network. */
  public static SpanExport start(TracingSettings settings, OutputStats stats) {
    return start(settings, otlp(settings), stats);
  }

  /** Starts an export by an exporter of one's own. */
  static SpanExport start(TracingSettings settings, SpanExporter exporter, OutputStats stats) {
    return new SpanExport(settings, exporter, stats);
  }

  private static SpanExporter otlp(TracingSettings settings) {
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint())
            .setTimeout(settings.exportTimeout());
    settings.headers().forEach(builder::addHeader);
    ExporterLog.silence();
    return builder.build();
  }

  private static Resource resource(TracingSettings settings) {
    AttributesBuilder attributes = Attributes.builder();
    settings.resource().forEach(attributes::put);
    return Resource.create(attributes.build());
  }

  /** Where spans are made. */
  public TracerProvider provider() {
    return provider;
  }

  /** Completes when the spans ended so far are sent, or after the export's time-out. */
  public CompletionStage<Void> flush() {
    return worker.flush(timeout);
  }

  /** Sends what waits and ends; completes then, or when the given time is over. */
  public CompletionStage<Void> close(Duration within) {
    return worker.close(within);
  }

  private void export(List<ReadableSpan> spans) {
    CompletableResultCode result =
        exporter
            .export(spans.stream().map(ReadableSpan::toSpanData).toList())
            .join(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (result.isSuccess()) {
      stats.written(spans.size());
      succeeded();
    } else {
      stats.failed(spans.size());
      failed(result.getFailureThrowable());
    }
  }

  private void succeeded() {
    if (failing) {
      LOG.info("Spans reach {} again", destination);
    }
    failing = false;
  }

  private void failed(@Nullable Throwable cause) {
    if (!failing) {
      String why =
          cause == null ? "no answer within " + timeout.toMillis() + " ms" : cause.toString();
      LOG.warn("Spans cannot be sent to {} and are dropped until they can: {}", destination, why);
    }
    failing = true;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled()) {
      worker.offer(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
