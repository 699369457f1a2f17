package io.actormesh.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Takes spans as an OpenTelemetry collector does, OTLP over HTTP with protobuf, and keeps them. */
final class Collector implements AutoCloseable {

  /** A span as it came. */
  record Kept(
      String name,
      Span.SpanKind kind,
      String traceId,
      String id,
      String parent,
      Map<String, String> attributes,
      Map<String, String> resource) {}

  private final HttpServer server;
  private final List<Kept> spans = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  List<Kept> of(String traceId) {
    return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /** The values of the header {@code X-Token}. */
  List<String> tokens() {
    return tokens;
  }

  private void take(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Token")));
    try (exchange) {
      InputStream raw = exchange.getRequestBody();
      InputStream body = zipped ? new GZIPInputStream(raw) : raw;
      ExportTraceServiceRequest.parseFrom(body.readAllBytes())
          .getResourceSpansList()
          .forEach(this::keep);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void keep(ResourceSpans from) {
    Map<String, String> resource = texts(from.getResource().getAttributesList());
    from.getScopeSpansList().stream()
        .flatMap(scope -> scope.getSpansList().stream())
        .map(span -> kept(span, resource))
        .forEach(spans::add);
  }

  private static Kept kept(Span span, Map<String, String> resource) {
    HexFormat hex = HexFormat.of();
    return new Kept(
        span.getName(),
        span.getKind(),
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        texts(span.getAttributesList()),
        resource);
  }

  private static Map<String, String> texts(
      List<io.opentelemetry.proto.common.v1.KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey(),
                each ->
                    each.getValue().hasIntValue()
                        ? String.valueOf(each.getValue().getIntValue())
                        : each.getValue().getStringValue()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
