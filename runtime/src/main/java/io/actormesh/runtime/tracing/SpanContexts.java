package io.actormesh.runtime.tracing;

import io.actormesh.runtime.call.TraceContext;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;

/** Translates between the mesh's trace contexts and OpenTelemetry's. */
final class SpanContexts {

  private SpanContexts() {}

  /** The parent that a context names; it may be on another node. */
  static SpanContext toSpan(TraceContext trace) {
    String parent = trace.traceparent();
    return SpanContext.createFromRemoteParent(
        parent.substring(3, 35),
        parent.substring(36, 52),
        TraceFlags.fromByte(trace.flags()),
        state(trace.state()));
  }

  static TraceContext toTrace(SpanContext span) {
    String traceId = span.getTraceId();
    return new TraceContext(
        Long.parseUnsignedLong(traceId, 0, 16, 16),
        Long.parseUnsignedLong(traceId, 16, 32, 16),
        Long.parseUnsignedLong(span.getSpanId(), 16),
        span.getTraceFlags().asByte(),
        text(span.getTraceState()));
  }

  /** Entries that OpenTelemetry does not accept are left out. */
  private static TraceState state(String header) {
    if (header.isEmpty()) {
      return TraceState.getDefault();
    }
    TraceStateBuilder state = TraceState.builder();
    String[] entries = header.split(",", -1);
    // The builder puts each entry in front of those before it.
    for (int i = entries.length - 1; i >= 0; i--) {
      String entry = entries[i].strip();
      int equals = entry.indexOf('=');
      if (equals > 0) {
        state.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return state.build();
  }

  private static String text(TraceState state) {
    if (state.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    state.forEach(
        (key, value) -> {
          text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value);
        });
    return text.toString();
  }
}
