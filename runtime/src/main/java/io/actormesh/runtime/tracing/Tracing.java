package io.actormesh.runtime.tracing;

import io.actormesh.runtime.call.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of one node. A node whose tracing is off has none of it. Thread-safe; never
 * blocks.
 *
 * <p>Whether a trace is recorded is decided where it begins, by the sampler, and is kept to
 * everywhere else: on behalf of a trace that is not recorded no span is made.
 */
public final class Tracing {

  private static final String NAME = "io.actormesh";

  private final Tracer tracer;
  private final String node;

  /**
   * Spans made by a provider.
   *
   * @param node the node's name, told with every span
   */
  public Tracing(TracerProvider provider, String node) {
    this.tracer = provider.get(NAME);
    this.node = node;
  }

  /**
   * Starts a span.
   *
   * @param parent what it happens on behalf of; null begins a trace, which the sampler may decide
   *     not to record
   * @return null if the parent's trace is not recorded
   */
  public @Nullable MeshSpan start(String name, SpanKind kind, @Nullable TraceContext parent) {
    return start(name, kind, parent, 0);
  }

  /**
   * Starts a span that began earlier.
   *
   * @param agoNanos how long ago it began
   * @return null if the parent's trace is not recorded
   */
  public @Nullable MeshSpan start(
      String name, SpanKind kind, @Nullable TraceContext parent, long agoNanos) {
    if (parent != null && !parent.sampled()) {
      return null;
    }
    SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind);
    if (parent == null) {
      span.setNoParent();
    } else {
      span.setParent(Context.root().with(Span.wrap(SpanContexts.toSpan(parent))));
    }
    if (agoNanos > 0) {
      span.setStartTimestamp(EpochTime.nanosAgo(agoNanos), TimeUnit.NANOSECONDS);
    }
    return started(span);
  }

  /** Starts a span within another of this node. */
  public MeshSpan within(MeshSpan parent, String name, SpanKind kind) {
    return started(tracer.spanBuilder(name).setSpanKind(kind).setParent(parent.context()));
  }

  /** The span that users' own code has made current on this thread, or null. */
  public static @Nullable TraceContext current() {
    SpanContext current = Span.current().getSpanContext();
    return current.isValid() ? SpanContexts.toTrace(current) : null;
  }

  private MeshSpan started(SpanBuilder builder) {
    return new MeshSpan(builder.startSpan().setAttribute(SpanAttributes.NODE, node));
  }
}
