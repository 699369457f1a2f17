package io.actormesh.runtime.host;

import static io.actormesh.runtime.tracing.SpanAttributes.ATTEMPT;
import static io.actormesh.runtime.tracing.SpanAttributes.CALLER;
import static io.actormesh.runtime.tracing.SpanAttributes.OPERATION;
import static io.actormesh.runtime.tracing.SpanAttributes.PRIORITY;
import static io.actormesh.runtime.tracing.SpanAttributes.QUEUED;
import static io.actormesh.runtime.tracing.SpanAttributes.RPC_SYSTEM;
import static io.actormesh.runtime.tracing.SpanAttributes.SERVICE;
import static io.actormesh.runtime.tracing.SpanAttributes.STARTED;

import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.tracing.MeshSpan;
import io.actormesh.runtime.tracing.SpanAttributes;
import io.actormesh.runtime.tracing.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The spans of calls as the serving node sees them: from arrival to reply or refusal. */
final class ServeSpan {

  private ServeSpan() {}

  /** Starts the span of a call that is being started; null if its trace is not recorded. */
  static @Nullable MeshSpan started(
      Tracing tracing, InboundCall call, String service, int instance, long queuedNanos) {
    MeshSpan span = of(tracing, call, service, instance, queuedNanos);
    if (span != null) {
      span.event("started", Attributes.empty());
    }
    return span;
  }

  /** Tells of a call that was not run. */
  static void unrun(
      Tracing tracing,
      InboundCall call,
      String service,
      int instance,
      long queuedNanos,
      Refusal refusal) {
    MeshSpan span = of(tracing, call, service, instance, queuedNanos);
    if (span != null) {
      failed(span, refusal);
      span.end();
    }
  }

  static void failed(MeshSpan span, Refusal refusal) {
    span.set(STARTED, refusal.reason().started().name().toLowerCase(Locale.ROOT));
    span.fail(refusal.reason().code(), refusal.detail());
  }

  private static @Nullable MeshSpan of(
      Tracing tracing, InboundCall call, String service, int instance, long queuedNanos) {
    String operation = call.key().operation();
    MeshSpan span =
        call.trace() == null
            ? null
            : tracing.start(
                "serve " + service + "/" + operation, SpanKind.SERVER, call.trace(), queuedNanos);
    return span == null
        ? null
        : span.set(RPC_SYSTEM, "actormesh")
            .set(SERVICE, service)
            .set(OPERATION, operation)
            .set(CALLER, call.caller())
            .set(PRIORITY, call.priority().name().toLowerCase(Locale.ROOT))
            .set(SpanAttributes.INSTANCE, instance)
            .set(ATTEMPT, call.attempt())
            .set(QUEUED, queuedNanos / 1000);
  }
}
