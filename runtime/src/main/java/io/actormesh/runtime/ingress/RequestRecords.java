package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.tracing.MeshSpan;
import io.actormesh.runtime.tracing.SpanAttributes;
import io.actormesh.runtime.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.time.InstantSource;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Keeps the record of each request: its line in the access log, and its span. Thread-safe. */
public final class RequestRecords {

  private final @Nullable AccessLog log;
  private final @Nullable Tracing tracing;
  private final InstantSource clock;
  private final Ticker ticker;

  private RequestRecords(
      @Nullable AccessLog log, @Nullable Tracing tracing, InstantSource clock, Ticker ticker) {
    this.log = log;
    this.tracing = tracing;
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Records in the log, as spans, or both; null if neither is wanted.
   *
   * @param clock the time of day in the log
   * @param ticker the clock of latencies, the same as the front door's
   */
  public static @Nullable RequestRecords of(
      @Nullable AccessLog log, @Nullable Tracing tracing, InstantSource clock, Ticker ticker) {
    return log == null && tracing == null ? null : new RequestRecords(log, tracing, clock, ticker);
  }

  @Nullable AccessLog log() {
    return log;
  }

  Ticker ticker() {
    return ticker;
  }

  /** Begins the record of a request, before anything else happens to it. */
  void begin(Exchange exchange) {
    MeshSpan span =
        tracing == null
            ? null
            : tracing.start(method(exchange.request), SpanKind.SERVER, exchange.head.parent());
    if (span != null) {
      exchange.trace = span.trace();
    }
    MeshSpan recorded = span != null && span.recording() ? span : null;
    if (recorded != null) {
      describe(recorded, exchange);
    }
    if (log != null || recorded != null) {
      exchange.record = new RequestRecord(this, exchange, recorded, clock.millis());
    }
  }

  private static String method(HttpRequest request) {
    return request.method().name();
  }

  private static void describe(MeshSpan span, Exchange exchange) {
    HttpRequest request = exchange.request;
    span.set(SpanAttributes.METHOD, method(request))
        .set(SpanAttributes.PATH, request.getUri().getPathString())
        .set(SpanAttributes.SCHEME, request.getUri().getScheme())
        .set(SpanAttributes.PROTOCOL, exchange.head.http2() ? "2" : "1.1")
        .set(SpanAttributes.REQUEST_ID, exchange.head.requestId())
        .set(SpanAttributes.CLIENT, RequestFacts.client(exchange))
        .set(SpanAttributes.USER_AGENT, RequestFacts.userAgent(request));
  }
}
