package io.actormesh.runtime.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a line of the access log says; null and negative numbers are left out. {@link AccessField}
 * explains the fields.
 */
record AccessRecord(
    long timeMillis,
    String requestId,
    String traceId,
    Head head,
    int status,
    String outcome,
    List<String> causes,
    @Nullable String detail,
    @Nullable String started,
    Called called,
    Times times,
    long bytesIn,
    long bytesOut,
    @Nullable Streamed streamed) {

  /** The request. */
  record Head(
      @Nullable String client,
      @Nullable String caller,
      @Nullable String userAgent,
      String protocol,
      String method,
      String path,
      @Nullable String query,
      @Nullable String route) {}

  /** What was called on its behalf. */
  record Called(
      @Nullable String service,
      @Nullable String operation,
      @Nullable String priority,
      @Nullable String endpoint,
      int attempts) {}

  /** How long it took; in µs. */
  record Times(long total, long body, long queued, long served) {}

  /** The stream that it was. */
  record Streamed(String end, long sent, long received) {}
}
