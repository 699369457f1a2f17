package io.actormesh.runtime.tracing;

import java.time.Duration;
import java.util.Map;

/**
 * How spans are exported.
 *
 * @param endpoint the URL that takes them, OTLP over HTTP with protobuf
 * @param headers sent with each request, for instance a token
 * @param sampleRatio the share of traces begun here that are recorded, 0 to 1
 * @param resource what is said once of the node, {@code service.name} among it
 * @param queue spans that may wait; more are dropped and counted
 * @param batch the most spans of one request
 * @param interval how long a span may wait for others
 * @param exportTimeout how long one request may take, and the last one at the node's end
 */
public record TracingSettings(
    String endpoint,
    Map<String, String> headers,
    double sampleRatio,
    Map<String, String> resource,
    int queue,
    int batch,
    Duration interval,
    Duration exportTimeout) {

  public TracingSettings {
    headers = Map.copyOf(headers);
    resource = Map.copyOf(resource);
  }

  @Override
  public String toString() {
    // Headers may hold secrets.
    return "TracingSettings[endpoint=" + endpoint + ", sampleRatio=" + sampleRatio + "]";
  }
}
