package io.actormesh.runtime.tracing;

import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.failure.FailureCode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One span of the mesh, from its start to {@link #end}; what comes after the end is ignored.
 * Thread-safe.
 */
public final class MeshSpan {

  private final Span span;
  private final TraceContext trace;

  MeshSpan(Span span) {
    this.span = span;
    this.trace = SpanContexts.toTrace(span.getSpanContext());
  }

  /** What travels to those who work on its behalf, so that their spans become its children. */
  public TraceContext trace() {
    return trace;
  }

  /** Whether anybody will see it; if not, only its {@link #trace} matters. */
  public boolean recording() {
    return span.isRecording();
  }

  /** Says something about it. */
  public <T> MeshSpan set(AttributeKey<T> key, @Nullable T value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
    return this;
  }

  /** Says a number about it. */
  public MeshSpan set(AttributeKey<Long> key, long value) {
    span.setAttribute(key, value);
    return this;
  }

  /** Names it anew. */
  public void name(String name) {
    span.updateName(name);
  }

  /** Something has happened in it, now. */
  public void event(String name, Attributes attributes) {
    span.addEvent(name, attributes);
  }

  /** It has failed. */
  public void fail(FailureCode code, String description) {
    fail(code.code(), description);
  }

  /** It has failed, with a code of its own kind. */
  public void fail(String code, String description) {
    span.setAttribute(SpanAttributes.ERROR_TYPE, code);
    span.setStatus(StatusCode.ERROR, description);
  }

  /** It is over. */
  public void end() {
    span.end();
  }

  /** Works with this as the thread's current span, so that spans of users' own are within it. */
  public <T> T current(Supplier<T> work) {
    return context().wrapSupplier(work).get();
  }

  Context context() {
    return Context.root().with(span);
  }
}
