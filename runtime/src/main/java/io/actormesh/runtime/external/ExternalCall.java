package io.actormesh.runtime.external;

import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.failure.Attempt;
import io.actormesh.runtime.failure.DeadlineExceeded;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Phase;
import io.actormesh.runtime.failure.Started;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.Cancellable;
import org.jspecify.annotations.Nullable;

/** One call to a service outside of the mesh, with its attempts. */
final class ExternalCall {

  private final ExternalSettings settings;
  private final Places places;
  private final ExternalParts parts;
  private final String path;
  private final UnaryOperator<HttpRequest.Builder> customize;
  private final long deadlineNanos;
  private final @Nullable TraceContext trace;
  private final CompletableFuture<ExternalReply> reply = new CompletableFuture<>();
  private final List<Place> tried = new ArrayList<>();
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private volatile @Nullable CompletableFuture<?> running;

  ExternalCall(
      ExternalSettings settings,
      Places places,
      ExternalParts parts,
      String path,
      UnaryOperator<HttpRequest.Builder> customize,
      long deadlineNanos,
      @Nullable TraceContext trace) {
    this.settings = settings;
    this.places = places;
    this.parts = parts;
    this.path = path;
    this.customize = customize;
    this.deadlineNanos = deadlineNanos;
    this.trace = trace;
  }

  CompletableFuture<ExternalReply> start() {
    Duration left = Duration.ofNanos(deadlineNanos - parts.ticker().nowNanos());
    if (left.isNegative() || left.isZero()) {
      reply.completeExceptionally(late());
      return reply;
    }
    Cancellable timer = parts.scheduler().scheduleOnce(left, () -> fail(late()), parts.timers());
    var unused =
        reply.whenComplete(
            (done, failure) -> {
              timer.cancel();
              breakOff();
            });
    var unusedToo = places.current().whenComplete(this::onPlaces);
    return reply;
  }

  private void onPlaces(@Nullable List<Place> known, @Nullable Throwable failure) {
    if (known == null) {
      fail(failure(FailureCode.NO_ROUTE, "It cannot be looked up: " + cause(failure) + "."));
    } else if (known.isEmpty()) {
      fail(failure(FailureCode.NO_ROUTE, settings.discovery() + " knows no place of it."));
    } else {
      attempt(known);
    }
  }

  private void attempt(List<Place> known) {
    Optional<Place> picked = places.pick(known, tried);
    if (picked.isEmpty()) {
      fail(exhausted());
    } else if (!reply.isDone()) {
      send(known, picked.get());
    }
  }

  private void send(List<Place> known, Place place) {
    tried.add(place);
    HttpRequest request;
    try {
      request = request(place);
    } catch (RuntimeException wrong) {
      fail(failure(FailureCode.NOT_SERIALIZABLE, "The request cannot be made: " + wrong + "."));
      return;
    }
    long began = parts.ticker().nowNanos();
    place.begin();
    CompletableFuture<HttpResponse<byte[]>> sent =
        parts.http().sendAsync(request, head -> new BoundedBody(settings.maxReply()));
    running = sent;
    var unused =
        sent.whenCompleteAsync(
            (answer, failure) -> {
              place.end();
              if (answer != null) {
                reply.complete(
                    new ExternalReply(answer.statusCode(), answer.headers(), answer.body()));
              } else {
                onFailure(known, place, request.method(), began, cause(failure));
              }
            },
            parts.callbacks());
    if (reply.isDone()) {
      // It ended while this one began.
      breakOff();
    }
  }

  private HttpRequest request(Place place) {
    HttpRequest.Builder builder = customize.apply(HttpRequest.newBuilder());
    if (trace != null) {
      builder.setHeader("traceparent", trace.traceparent());
      if (!trace.state().isEmpty()) {
        builder.setHeader("tracestate", trace.state());
      }
    }
    String scheme = settings.secure() ? "https://" : "http://";
    return builder.uri(URI.create(scheme + place.authority() + path)).build();
  }

  private void onFailure(
      List<Place> known, Place place, String method, long began, @Nullable Throwable failure) {
    if (reply.isDone()) {
      return;
    }
    if (failure instanceof BoundedBody.TooLargeException) {
      fail(failure(FailureCode.REPLY_TOO_LARGE, failure.getMessage() + " (external max-reply)"));
      return;
    }
    places.avoid(place);
    boolean sent = Faults.mayHaveBeenSent(failure);
    attempts.add(
        new Attempt(
            place.authority(),
            Duration.ofNanos(parts.ticker().nowNanos() - began),
            sent ? FailureCode.ENDPOINT_LOST : FailureCode.NO_ROUTE,
            sent ? Started.MAYBE : Started.NO));
    boolean again = !sent || Faults.repeatable(method);
    if (again && attempts.size() < settings.maxAttempts()) {
      attempt(known);
    } else {
      fail(exhausted());
    }
  }

  private MeshFailure exhausted() {
    return sentAny()
        ? failure(FailureCode.ENDPOINT_LOST, "The connection broke before the answer.")
        : failure(FailureCode.NO_ROUTE, "None of its places can be connected to.");
  }

  private DeadlineExceeded late() {
    boolean sent = running != null;
    FailureDetail detail =
        new FailureDetail(
            FailureCode.DEADLINE,
            settings.service(),
            path,
            sent ? "There was no answer in time." : "The time was over before it was sent.",
            attempts,
            sent ? Started.MAYBE : Started.NO,
            null);
    return new DeadlineExceeded(detail, sent ? Phase.SENT : Phase.UNSENT);
  }

  private MeshFailure failure(FailureCode code, String message) {
    Started started = code.started() == Started.NO && sentAny() ? Started.MAYBE : code.started();
    return MeshFailure.of(
        new FailureDetail(code, settings.service(), path, message, attempts, started, null));
  }

  private boolean sentAny() {
    return attempts.stream().anyMatch(attempt -> attempt.started() != Started.NO);
  }

  private void fail(MeshFailure failure) {
    parts.callbacks().execute(() -> reply.completeExceptionally(failure));
  }

  private void breakOff() {
    CompletableFuture<?> request = running;
    if (request != null) {
      request.cancel(true);
    }
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
