package io.actormesh.runtime.external;

import io.actormesh.runtime.call.AmbientContext;
import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.tracing.Tracing;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calls a service outside of the mesh over HTTP, wherever Consul, DNS or another discovery says it
 * is: with a deadline that is inherited from the call being served, at the less busy of its places,
 * and with the mesh's own failures. Thread-safe; one for each service.
 *
 * <pre>{@code
 * ExternalClient billing = node.external("billing");
 * billing.send("/invoices/7", HttpRequest.Builder::GET).thenApply(ExternalReply::text);
 * }</pre>
 *
 * <p>Every answer is a reply, whatever its status. Without an answer the future fails with {@link
 * io.actormesh.runtime.failure.NoRoute} (no place is known, or none can be connected to: nothing
 * was sent), {@link io.actormesh.runtime.failure.EndpointLost} (the connection broke: it may have
 * been done), {@link io.actormesh.runtime.failure.DeadlineExceeded}, {@link
 * io.actormesh.runtime.failure.Overloaded} (too many in flight here) or {@link
 * io.actormesh.runtime.failure.TooLarge} (the reply). Another place is tried if nothing was sent to
 * the first, or if the method may be repeated: GET, HEAD, OPTIONS, PUT, DELETE. Cancelling the
 * future breaks off the request.
 */
public final class ExternalClient {

  private final ExternalSettings settings;
  private final Places places;
  private final ExternalParts parts;
  private final AtomicInteger inFlight = new AtomicInteger();

  ExternalClient(ExternalSettings settings, Places places, ExternalParts parts) {
    this.settings = settings;
    this.places = places;
    this.parts = parts;
  }

  /** The name that the service has here. */
  public String service() {
    return settings.service();
  }

  /**
   * Sends a request, with the deadline of the settings or, if that is earlier, of the call that is
   * being served.
   *
   * @param path where, with the query if there is one; begins with {@code /}
   * @param request sets method, body and headers; called once for each attempt. The URI is set
   *     afterwards
   */
  public CompletableFuture<ExternalReply> send(
      String path, UnaryOperator<HttpRequest.Builder> request) {
    return send(path, request, settings.deadline());
  }

  /** As above, with a deadline of its own; that of the call that is being served still holds. */
  public CompletableFuture<ExternalReply> send(
      String path, UnaryOperator<HttpRequest.Builder> request, Duration deadline) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: '" + path + "' (expected: /…)");
    }
    if (inFlight.incrementAndGet() > settings.maxInFlight()) {
      inFlight.decrementAndGet();
      return CompletableFuture.failedFuture(tooMany(path));
    }
    CallContext context = AmbientContext.current();
    ExternalCall call =
        new ExternalCall(
            settings,
            places,
            parts,
            path,
            request,
            deadlineNanos(context, deadline),
            trace(context));
    CompletableFuture<ExternalReply> reply = call.start();
    var unused = reply.whenComplete((done, failure) -> inFlight.decrementAndGet());
    return reply;
  }

  private MeshFailure tooMany(String path) {
    return MeshFailure.of(
        FailureDetail.of(
            FailureCode.CALLER_LIMIT,
            settings.service(),
            path,
            settings.maxInFlight() + " calls are in flight (external max-in-flight)."));
  }

  private long deadlineNanos(@Nullable CallContext context, Duration deadline) {
    long latest = parts.ticker().nowNanos() + deadline.toNanos();
    // Subtract, then compare: readings may wrap.
    return context != null && context.deadlineNanos() - latest < 0
        ? context.deadlineNanos()
        : latest;
  }

  private @Nullable TraceContext trace(@Nullable CallContext context) {
    TraceContext current = Tracing.current();
    if (current != null) {
      return current;
    }
    TraceContext parent = context == null ? null : context.trace();
    return parent == null ? null : parent.child(parts.random());
  }
}
