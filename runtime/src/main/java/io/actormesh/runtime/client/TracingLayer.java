package io.actormesh.runtime.client;

import static io.actormesh.runtime.tracing.SpanAttributes.ATTEMPTS;
import static io.actormesh.runtime.tracing.SpanAttributes.CALLER;
import static io.actormesh.runtime.tracing.SpanAttributes.OPERATION;
import static io.actormesh.runtime.tracing.SpanAttributes.PRIORITY;
import static io.actormesh.runtime.tracing.SpanAttributes.RPC_SYSTEM;
import static io.actormesh.runtime.tracing.SpanAttributes.SERVICE;
import static io.actormesh.runtime.tracing.SpanAttributes.STARTED;

import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.runtime.tracing.MeshSpan;
import io.actormesh.runtime.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Locale;

/** Gives each call its span, and each attempt of it one within that. Only where tracing is on. */
final class TracingLayer implements Layer {

  private final Tracing tracing;

  TracingLayer(Tracing tracing) {
    this.tracing = tracing;
  }

  @Override
  public void enter(Call<?> call, Onward onward) {
    OperationKey key = call.target.key();
    MeshSpan span = tracing.start("call " + call.target.path(), SpanKind.INTERNAL, call.trace);
    if (span != null) {
      call.trace = span.trace();
      if (span.recording()) {
        span.set(RPC_SYSTEM, "actormesh")
            .set(SERVICE, key.service())
            .set(OPERATION, key.operation());
        span.set(CALLER, call.caller).set(PRIORITY, lowerCase(call.priority));
        call.span = new CallSpan(tracing, span);
      }
    }
    onward.pass(call);
  }

  @Override
  public void leave(Call<?> call) {
    CallSpan ending = call.span;
    Outcome outcome = call.outcome();
    if (ending == null || outcome == null) {
      return;
    }
    MeshSpan span = ending.span().set(ATTEMPTS, call.attempts());
    MeshFailure failure = outcome.failure();
    if (failure != null) {
      span.set(STARTED, lowerCase(failure.started()));
      span.fail(failure.code(), failure.detail().message());
    }
    span.end();
  }

  static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
