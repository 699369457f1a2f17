package io.actormesh.runtime.ingress;

import io.actormesh.runtime.client.CallReport;
import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import io.actormesh.runtime.telemetry.StreamEnd;
import io.actormesh.runtime.tracing.MeshSpan;
import io.actormesh.runtime.tracing.SpanAttributes;
import java.util.Locale;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The record of one request, written when it has been answered and its stream, if it is one, is
 * over. Handled by one thread at a time until the answer; thread-safe afterwards.
 */
final class RequestRecord {

  private final RequestRecords records;
  private final Exchange exchange;
  private final @Nullable MeshSpan span;
  private final long timeMillis;

  /** Filled by the call. */
  final CallReport report = new CallReport();

  /** How large the body was that has been read. */
  private long bodyBytes = -1;

  private long bodyNanos = -1;
  private @Nullable Problem problem;
  private @Nullable StreamEnd streamEnd;
  private long sent;
  private long received;
  private int status;
  private long bytesOut = -1;
  private long answeredNanos;
  private boolean answered;
  private int openStreams;
  private boolean done;

  RequestRecord(
      RequestRecords records, Exchange exchange, @Nullable MeshSpan span, long timeMillis) {
    this.records = records;
    this.exchange = exchange;
    this.span = span;
    this.timeMillis = timeMillis;
  }

  /** The same observer, with what it hears of streams kept here, too. */
  RouteObserver watching(RouteObserver counted) {
    return new RecordedRoute(counted, this);
  }

  /** The body has been read; it has come after the head if that took time. */
  void body(long bytes, long nanos) {
    bodyBytes = bytes;
    bodyNanos = exchange.bodyTaken ? nanos : -1;
  }

  /** What the client is told instead of a reply. */
  synchronized void failed(Problem what) {
    problem = what;
  }

  /** The request is answered, with a stream perhaps that is not over. */
  synchronized void answered(HttpResponse response, long nanos) {
    status = response.status().intValue();
    // A stream's bytes are counted as they go, perhaps before this.
    response.entity().getContentLengthOption().ifPresent(length -> bytesOut = length);
    answeredNanos = nanos;
    answered = true;
    finishIfOver(nanos);
  }

  synchronized void streamBegan() {
    openStreams++;
  }

  synchronized void streamed(long out, long in) {
    sent += out;
    received += in;
  }

  synchronized void streamedBytes(long out) {
    bytesOut = Math.max(bytesOut, 0) + out;
  }

  synchronized void streamEnded(StreamEnd how) {
    openStreams--;
    streamEnd = how;
    finishIfOver(records.ticker().nowNanos() - exchange.startedNanos);
  }

  private void finishIfOver(long nanos) {
    if (!answered || openStreams > 0 || done) {
      return;
    }
    done = true;
    AccessLog log = records.log();
    if (log != null && log.wants(hasFailed(), nanos)) {
      log.add(record(Math.max(nanos, answeredNanos)));
    }
    if (span != null) {
      endSpan(span);
    }
  }

  private boolean hasFailed() {
    boolean brokenOff =
        streamEnd != null && streamEnd != StreamEnd.COMPLETED && streamEnd != StreamEnd.CANCELLED;
    return status >= 400 || brokenOff;
  }

  private AccessRecord record(long nanos) {
    Problem failure = problem;
    return new AccessRecord(
        timeMillis,
        exchange.head.requestId(),
        exchange.trace.traceId(),
        head(),
        status,
        failure == null ? "OK" : failure.code().code(),
        report.failed().stream().map(attempt -> attempt.code().code()).toList(),
        failure == null ? null : failure.detail(),
        failure == null ? null : failure.started().name().toLowerCase(Locale.ROOT),
        called(),
        new AccessRecord.Times(
            nanos / 1000,
            bodyNanos < 0 ? -1 : bodyNanos / 1000,
            report.attempts() == 0 ? -1 : report.queuedMicros(),
            report.attempts() == 0 ? -1 : report.servedMicros()),
        bytesIn(),
        bytesOut,
        streamEnd == null ? null : new AccessRecord.Streamed(streamEnd.label(), sent, received));
  }

  private AccessRecord.Head head() {
    var request = exchange.request;
    return new AccessRecord.Head(
        RequestFacts.client(exchange),
        RequestFacts.caller(exchange),
        RequestFacts.userAgent(request),
        request.protocol().value(),
        request.method().name(),
        request.getUri().getPathString(),
        RequestFacts.query(request),
        exchange.route == null ? null : exchange.route.label());
  }

  private AccessRecord.Called called() {
    Route<?> route = exchange.route;
    return new AccessRecord.Called(
        route == null ? null : route.contract().name(),
        route == null ? null : route.operation().name(),
        report.priority() == null ? null : report.priority().name().toLowerCase(Locale.ROOT),
        report.endpoint(),
        route == null ? -1 : report.attempts());
  }

  private long bytesIn() {
    return bodyBytes >= 0
        ? bodyBytes
        : exchange.request.entity().getContentLengthOption().orElse(-1);
  }

  private void endSpan(MeshSpan ending) {
    Route<?> route = exchange.route;
    if (route != null) {
      ending.name(route.label());
      ending.set(SpanAttributes.ROUTE, route.template().text());
    }
    ending.set(SpanAttributes.STATUS, status);
    ending.set(SpanAttributes.CALLER, RequestFacts.caller(exchange));
    Problem failure = problem;
    // A stream may fail after a good status.
    if (failure != null && failure.status() >= 500) {
      ending.fail(failure.code(), failure.detail());
    } else if (failure != null) {
      // What the client did wrong is no error of the server's.
      ending.set(SpanAttributes.ERROR_TYPE, failure.code().code());
    }
    if (streamEnd != null) {
      ending.set(SpanAttributes.STREAM_END, streamEnd.label());
      ending.set(SpanAttributes.ELEMENTS_OUT, sent).set(SpanAttributes.ELEMENTS_IN, received);
      if (hasFailed() && failure == null) {
        ending.fail(streamEnd.label(), "the stream did not come to its end");
      }
    }
    ending.end();
  }
}
