package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import io.actormesh.throttle.Limiter;
import io.actormesh.throttle.Limiter.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what became of a request into its response, counts it and gives its permit back. */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final Connection CLOSE = Connection.create("close");

  /** For failures without a hint of their own. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Limiter limiter;
  private final Ticker ticker;
  private final RequestMessages messages;
  private final RouteObserver unrouted;
  private final RouteObserver refused;
  private final int maxResponse;
  private volatile boolean leaving;

  Answers(Limiter limiter, IngressWiring wiring, RequestMessages messages, int maxResponse) {
    this.maxResponse = maxResponse;
    this.messages = messages;
    this.limiter = limiter;
    this.ticker = wiring.ticker();
    this.unrouted = wiring.observer().route(IngressObserver.NO_ROUTE);
    this.refused = wiring.observer().route(IngressObserver.REFUSED);
  }

  /** From here on every response asks its client to close the connection. */
  void leave() {
    leaving = true;
  }

  /** The end of every request but OPTIONS, reached once for each; never throws. */
  HttpResponse finish(Exchange exchange, @Nullable Object reply, @Nullable Throwable failure) {
    HttpResponse response;
    Outcome outcome = Outcome.SUCCESS;
    try {
      if (failure == null && reply != null) {
        response = success(exchange, reply);
      } else {
        Problem problem = problem(exchange, failure);
        outcome = outcome(problem);
        response = Responses.problem(problem, exchange.head.requestId());
      }
    } catch (RuntimeException | StackOverflowError unwritable) {
      Problem problem = problem(exchange, unwritable);
      response = Responses.problem(problem, exchange.head.requestId());
    }
    return end(exchange, response, outcome);
  }

  /** The answer to a preflight of an origin that may call. */
  HttpResponse preflight(Exchange exchange) {
    return end(exchange, Responses.noContent(), Outcome.IGNORED);
  }

  HttpResponse options(Exchange exchange, RouteTable routes) {
    String path = exchange.request.getUri().getPathString();
    // Pekko shows OPTIONS *, which is about the server as a whole, as a path without segments.
    Optional<String> server = path.isEmpty() ? Optional.of(RouteTable.ALL) : Optional.empty();
    String allow =
        routes
            .allow(path)
            .or(() -> server)
            .orElseThrow(
                () -> new InvalidRequestException(routes.notFound(HttpMethods.OPTIONS, path)));
    return end(exchange, Responses.options(allow), Outcome.IGNORED);
  }

  HttpResponse page(Exchange exchange, WebPage page) {
    exchange.counted = page.observer();
    exchange.counted.begin();
    return end(exchange, page.answer(exchange.request), Outcome.IGNORED);
  }

  private HttpResponse end(Exchange exchange, HttpResponse response, Outcome outcome) {
    long now = ticker.nowNanos();
    if (exchange.admitted) {
      limiter.release(outcome, exchange.startedNanos, now);
    }
    count(exchange, response.status().intValue(), now - exchange.startedNanos);
    if (exchange.record != null) {
      exchange.record.answered(response, now - exchange.startedNanos);
    }
    return headers(exchange, response);
  }

  private void count(Exchange exchange, int status, long nanos) {
    RouteObserver observer = exchange.counted;
    if (observer == null) {
      observer = exchange.admitted ? unrouted : refused;
      observer.begin();
    }
    observer.end(status, nanos);
  }

  private HttpResponse success(Exchange exchange, Object reply) {
    if (exchange.answer != null) {
      return exchange.answer.apply(reply);
    }
    Route<?> route = exchange.route;
    if (route == null || route.operation().oneWay()) {
      return Responses.accepted();
    }
    if (reply instanceof Done || reply instanceof NotUsed) {
      return Responses.noContent();
    }
    byte[] json = messages.write(route, reply);
    if (json.length > maxResponse) {
      throw new InvalidRequestException(
          Problem.of(
              FailureCode.REPLY_TOO_LARGE,
              "The reply has " + json.length + " bytes as JSON (at most: " + maxResponse + ")."));
    }
    return Responses.json(json);
  }

  /** Gives the permit back before the answer, which may be a long way off. */
  void release(Exchange exchange) {
    if (exchange.admitted) {
      exchange.admitted = false;
      limiter.release(Outcome.IGNORED, exchange.startedNanos, ticker.nowNanos());
    }
  }

  /** What a client is told about a failure; it may be told so in the middle of a stream. */
  Problem problem(Exchange exchange, @Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    Problem problem = known(exchange, cause);
    if (exchange.route != null) {
      problem = problem.target(exchange.route);
    }
    if (exchange.record != null) {
      exchange.record.failed(problem);
    }
    boolean retryable = problem.status() == 503 || problem.status() == 429;
    return retryable && problem.retryAfter() == null ? problem.retryAfter(RETRY_AFTER) : problem;
  }

  private static Problem known(Exchange exchange, @Nullable Throwable failure) {
    if (failure instanceof InvalidRequestException invalid) {
      return invalid.problem();
    }
    if (failure instanceof MeshFailure call) {
      return Problem.of(call);
    }
    if (failure instanceof CancellationException) {
      return Problem.of(FailureCode.CANCELLED, "The call was cancelled.");
    }
    return internal(exchange, failure);
  }

  /** The client learns nothing of what went wrong inside, but by what name to ask for it. */
  private static Problem internal(Exchange exchange, @Nullable Throwable failure) {
    LOG.error(
        "Request {} ({} {}) failed in the front door",
        exchange.head.requestId(),
        exchange.request.method().name(),
        exchange.request.getUri().getPathString(),
        failure);
    return Problem.of(
        FailureCode.INTERNAL,
        "The front door failed; its log has the cause under request id "
            + exchange.head.requestId()
            + ".");
  }

  private static Outcome outcome(Problem problem) {
    return switch (problem.status()) {
      case 503, 504 -> Outcome.DROPPED;
      default -> problem.started() == Started.YES ? Outcome.SUCCESS : Outcome.IGNORED;
    };
  }

  private HttpResponse headers(Exchange exchange, HttpResponse response) {
    RequestHead head = exchange.head;
    List<HttpHeader> headers = new ArrayList<>(5);
    response.getHeaders().forEach(headers::add);
    headers.addAll(exchange.answerHeaders());
    headers.add(RawHeader.create(RequestHead.REQUEST_ID, head.requestId()));
    headers.add(RawHeader.create(RequestHead.TRACE_PARENT, exchange.trace.traceparent()));
    if (!exchange.trace.state().isEmpty()) {
      headers.add(RawHeader.create(RequestHead.TRACE_STATE, exchange.trace.state()));
    }
    // HTTP/2 has no such header; its clients are told by GOAWAY.
    if (leaving && !head.http2() && !isUpgraded(response)) {
      headers.add(CLOSE);
    }
    return withoutBodyToHead(exchange, response.withHeaders(headers));
  }

  /** A WebSocket's connection is told by its stream. */
  private static boolean isUpgraded(HttpResponse response) {
    return response.status() == StatusCodes.SWITCHING_PROTOCOLS;
  }

  /** Pekko leaves the body out of answers to HEAD over HTTP/1.1 alone. */
  private static HttpResponse withoutBodyToHead(Exchange exchange, HttpResponse response) {
    return exchange.head.http2() && exchange.request.method() == HttpMethods.HEAD
        ? response.withEntity(
            HttpEntities.create(response.entity().getContentType(), Source.<ByteString>empty()))
        : response;
  }
}
