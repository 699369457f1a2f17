package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.client.CallOptions;
import io.actormesh.runtime.failure.DeadlineExceeded;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.Phase;
import io.actormesh.throttle.Limiter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The way of every request, over HTTP/1.1 and HTTP/2 alike: admission, route, message, call,
 * answer. Whatever happens on the way, a request ends in {@link Answers#finish}, once. Thread-safe.
 */
final class FrontDoor {

  private final IngressWiring wiring;
  private final RouteTable routes;
  private final RouteCounters counters;
  private final Limiter limiter;
  private final RequestBody bodies;
  private final RequestMessages messages;
  private final CallTermsReader terms;
  private final Answers answers;
  private final @Nullable Guard guard;
  private final Cors cors;
  private final ClientAddresses addresses;
  private final int maxHeaderBytes;
  private final StreamDoor streams;
  private final ApiPages pages;
  private final String caller;

  FrontDoor(
      IngressSettings settings,
      IngressWiring wiring,
      RouteTable routes,
      Limiter limiter,
      RequestBody bodies,
      RequestMessages messages,
      Answers answers,
      @Nullable Guard guard,
      StreamDoor streams) {
    this.wiring = wiring;
    this.routes = routes;
    this.counters = new RouteCounters(routes, wiring.observer());
    this.limiter = limiter;
    this.bodies = bodies;
    this.messages = messages;
    this.terms = new CallTermsReader(settings);
    this.answers = answers;
    this.guard = guard;
    this.cors = new Cors(settings.security().cors());
    this.addresses = new ClientAddresses(settings.security().trustedProxies());
    this.maxHeaderBytes = settings.security().limits().headerBytes();
    this.streams = streams;
    this.pages = new ApiPages(settings, routes, wiring.observer());
    this.caller = "ingress@" + wiring.node();
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    long now = wiring.ticker().nowNanos();
    RequestHead head = RequestHead.read(request, wiring.random());
    Exchange exchange = new Exchange(request, head, now, addresses);
    if (wiring.records() != null) {
      wiring.records().begin(exchange);
    }
    FramingFault fault = AmbiguousFraming.of(request);
    if (fault != null) {
      exchange.answerWith(Connection.create("close"));
    }
    try {
      // First of all, so that what is too much costs next to nothing.
      admit(exchange);
      checkFraming(fault);
      checkHead(head);
      if (cors.on() && cors.label(exchange)) {
        return withoutBody(exchange, answers.preflight(exchange));
      }
      if (request.method() == HttpMethods.OPTIONS) {
        return withoutBody(exchange, answers.options(exchange, routes));
      }
      WebPage page = pages.find(request);
      if (page != null) {
        return withoutBody(exchange, answers.page(exchange, page));
      }
      // Before the body, so that nobody sends one for nothing.
      RouteMatch match = route(exchange);
      CompletionStage<?> pending = guard == null ? null : guard.pass(exchange, match.route());
      return pending == null
          ? call(exchange, match, match.route())
          : pending
              .thenCompose(passed -> call(exchange, match, match.route()))
              .exceptionallyCompose(failure -> refuse(exchange, failure));
    } catch (Throwable failure) {
      return refuse(exchange, failure);
    }
  }

  private void checkFraming(@Nullable FramingFault fault) {
    if (fault != null) {
      wiring.observer().rejected("framing");
      throw new InvalidRequestException(
          Problem.of(fault.code(), "Not a valid HTTP request: " + fault.text()));
    }
  }

  private void checkHead(RequestHead head) {
    if (head.bytes() > maxHeaderBytes) {
      throw new InvalidRequestException(
          Problem.of(
              FailureCode.HEADERS_TOO_LARGE,
              "The headers have " + head.bytes() + " bytes (at most: " + maxHeaderBytes + ")."));
    }
  }

  private void admit(Exchange exchange) {
    exchange.admitted = limiter.tryAcquire(exchange.startedNanos);
    if (!exchange.admitted) {
      throw new InvalidRequestException(
          Problem.of(
              FailureCode.INGRESS_LIMIT,
              "All " + limiter.limit() + " requests that may be in flight are."));
    }
  }

  private RouteMatch route(Exchange exchange) {
    HttpRequest request = exchange.request;
    String path = request.getUri().getPathString();
    RouteMatch match =
        exchange.head.webSocket() && request.method() == HttpMethods.GET
            ? routes.findForWebSocket(path)
            : routes.find(request.method(), path);
    exchange.route = match.route();
    exchange.counted = counters.of(match.route());
    if (exchange.record != null) {
      exchange.counted = exchange.record.watching(exchange.counted);
    }
    exchange.counted.begin();
    return match;
  }

  private <C> CompletionStage<HttpResponse> call(
      Exchange exchange, RouteMatch match, Route<C> route) {
    HttpRequest request = exchange.request;
    RequestHead head = exchange.head;
    Terms own = new Terms(terms.deadline(head.deadline()), terms.priority(head.priority()));
    if (route.streams()) {
      return streams.handle(exchange, match, route, message -> call(exchange, route, own, message));
    }
    Map<String, List<String>> parameters = messages.parameters(route, match.values(), request);
    messages.checkBody(route, request);
    bodies.check(request, head);
    if (RequestBody.isHere(request)) {
      return send(exchange, route, parameters, own, RequestBody.bytes(request))
          .handle((reply, failure) -> answers.finish(exchange, reply, failure));
    }
    exchange.bodyTaken = true;
    return bodies
        .collect(request)
        .thenCompose(body -> send(exchange, route, parameters, own, body))
        .handle((reply, failure) -> answers.finish(exchange, reply, failure));
  }

  /** What the client's headers say about its call. */
  private record Terms(@Nullable Duration deadline, @Nullable Priority priority) {}

  private <C> CompletionStage<Object> send(
      Exchange exchange,
      Route<C> route,
      Map<String, List<String>> parameters,
      Terms own,
      byte[] body) {
    if (exchange.record != null) {
      exchange.record.body(body.length, wiring.ticker().nowNanos() - exchange.startedNanos);
    }
    return call(exchange, route, own, messages.read(route, body, parameters));
  }

  private <C> CompletionStage<Object> call(
      Exchange exchange, Route<C> route, Terms own, C message) {
    CallOptions options =
        new CallOptions(
            remaining(exchange, route, own.deadline()),
            own.priority(),
            caller,
            exchange.trace,
            exchange.identity,
            true,
            exchange.record == null ? null : exchange.record.report);
    return wiring.gateway().call(route.contract(), route.operation(), message, options);
  }

  /** A client counts its deadline from when it sent the request, its body included. */
  private @Nullable Duration remaining(
      Exchange exchange, Route<?> route, @Nullable Duration deadline) {
    if (deadline == null) {
      return null;
    }
    Duration left = deadline.minusNanos(wiring.ticker().nowNanos() - exchange.startedNanos);
    if (left.isNegative() || left.isZero()) {
      throw new DeadlineExceeded(
          FailureDetail.of(
              FailureCode.DEADLINE,
              route.contract().name(),
              route.operation().name(),
              "The deadline of " + deadline.toMillis() + " ms passed before the body was read."),
          Phase.UNSENT);
    }
    return left;
  }

  private CompletionStage<HttpResponse> refuse(Exchange exchange, Throwable failure) {
    HttpResponse response = answers.finish(exchange, null, failure);
    return exchange.bodyTaken
        ? CompletableFuture.completedFuture(response)
        : withoutBody(exchange, response);
  }

  /** Answers once the body that nobody reads is out of the way. */
  private CompletionStage<HttpResponse> withoutBody(Exchange exchange, HttpResponse response) {
    return RequestBody.isHere(exchange.request)
        ? CompletableFuture.completedFuture(response)
        : bodies.discard(exchange.request, exchange.head).thenApply(end -> response);
  }
}
