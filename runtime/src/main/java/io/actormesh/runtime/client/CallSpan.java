package io.actormesh.runtime.client;

import static io.actormesh.runtime.tracing.SpanAttributes.ATTEMPT;
import static io.actormesh.runtime.tracing.SpanAttributes.ENDPOINT;
import static io.actormesh.runtime.tracing.SpanAttributes.OPERATION;
import static io.actormesh.runtime.tracing.SpanAttributes.RPC_SYSTEM;
import static io.actormesh.runtime.tracing.SpanAttributes.SERVICE;

import io.actormesh.router.Endpoint;
import io.actormesh.runtime.tracing.MeshSpan;
import io.actormesh.runtime.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;

/** The span of a call that is recorded. */
record CallSpan(Tracing tracing, MeshSpan span) {

  /** Starts the span of an attempt. */
  MeshSpan attempt(OperationTarget<?> target, Endpoint endpoint, int number) {
    return tracing
        .within(span, target.path(), SpanKind.CLIENT)
        .set(RPC_SYSTEM, "actormesh")
        .set(SERVICE, target.key().service())
        .set(OPERATION, target.key().operation())
        .set(ENDPOINT, endpoint.label())
        .set(ATTEMPT, number);
  }
}
