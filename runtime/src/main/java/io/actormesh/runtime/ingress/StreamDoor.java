package io.actormesh.runtime.ingress;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.telemetry.StreamEnd;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Serves requests for operations whose reply, argument or both are streams. Thread-safe.
 *
 * <p>Such a request counts against the limit in flight until it is answered, or, if its argument is
 * a stream, until it is called; and against the limit of streams until its stream is over.
 */
final class StreamDoor {

  private static final byte[] NO_BODY = {};

  private final IdentityHashMap<Route<?>, RouteStream> streams = new IdentityHashMap<>();
  private final OpenStreams open;
  private final RequestBody bodies;
  private final RequestMessages messages;
  private final Answers answers;
  private final StreamAnswers replies;
  private final WebSocketDoor sockets;

  StreamDoor(
      RouteTable routes,
      OpenStreams open,
      RequestBody bodies,
      RequestMessages messages,
      Answers answers,
      StreamAnswers replies,
      WebSocketDoor sockets) {
    routes.services().forEach(service -> service.streams().forEach(streams::put));
    this.open = open;
    this.bodies = bodies;
    this.messages = messages;
    this.answers = answers;
    this.replies = replies;
    this.sockets = sockets;
  }

  /**
   * Answers a request.
   *
   * @param call calls the service with the request's message
   * @throws InvalidRequestException if the request is refused before its body is read
   */
  <C> CompletionStage<HttpResponse> handle(
      Exchange exchange,
      RouteMatch match,
      Route<C> route,
      Function<C, CompletionStage<Object>> call) {
    RouteStream stream = requireNonNull(streams.get(route));
    if (exchange.head.webSocket() && exchange.request.method() == HttpMethods.GET) {
      return sockets.handle(exchange, match, route, stream, call);
    }
    if (exchange.request.method() == HttpMethods.HEAD) {
      return head(exchange);
    }
    return route.operation().streamsArgument()
        ? argument(exchange, match, route, stream, call)
        : reply(exchange, match, route, stream, call);
  }

  /** Says what GET would, without beginning a stream for it. */
  private CompletionStage<HttpResponse> head(Exchange exchange) {
    StreamMedia media = Negotiation.choose(exchange.request.getHeaders());
    exchange.answer = reply -> StreamAnswers.head(media);
    return CompletableFuture.completedFuture(answers.finish(exchange, NotUsed.getInstance(), null));
  }

  private <C> CompletionStage<HttpResponse> reply(
      Exchange exchange,
      RouteMatch match,
      Route<C> route,
      RouteStream stream,
      Function<C, CompletionStage<Object>> call) {
    HttpRequest request = exchange.request;
    StreamMedia media = Negotiation.choose(request.getHeaders());
    Map<String, List<String>> parameters = parameters(match, route, stream, request);
    messages.checkBody(route, request);
    bodies.check(request, exchange.head);
    OpenStream begun = open.open(exchange);
    exchange.answer = reply -> replies.response(exchange, route, stream, media, begun, reply);
    return orRefused(
        begun,
        () ->
            bodies
                .whole(exchange)
                .thenCompose(body -> call.apply(messages.read(route, body, parameters)))
                .handle((reply, failure) -> answered(exchange, begun, reply, failure)));
  }

  private <C> CompletionStage<HttpResponse> argument(
      Exchange exchange,
      RouteMatch match,
      Route<C> route,
      RouteStream stream,
      Function<C, CompletionStage<Object>> call) {
    HttpRequest request = exchange.request;
    boolean streamsReply = route.operation().streamsReply();
    StreamMedia media = streamsReply ? Negotiation.choose(request.getHeaders()) : null;
    Map<String, List<String>> parameters = parameters(match, route, stream, request);
    bodies.checkStream(request, exchange.head);
    OpenStream begun = open.open(exchange);
    if (media != null) {
      exchange.answer = reply -> replies.response(exchange, route, stream, media, begun, reply);
    }
    return orRefused(
        begun,
        () -> {
          Upload upload = new Upload(bodies, messages, exchange, route, begun);
          C message = messages.read(route, NO_BODY, parameters, upload.elements());
          exchange.bodyTaken = true;
          answers.release(exchange);
          return upload
              .firstOf(call.apply(message))
              .handle((reply, failure) -> uploaded(exchange, upload, begun, reply, failure));
        });
  }

  private HttpResponse uploaded(
      Exchange exchange,
      Upload upload,
      OpenStream begun,
      @Nullable Object reply,
      @Nullable Throwable failure) {
    HttpResponse response = answered(exchange, begun, reply, failure);
    if (exchange.answer == null || response.status().isFailure()) {
      upload.over();
      begun.end(StreamEnd.COMPLETED);
    }
    return response;
  }

  private HttpResponse answered(
      Exchange exchange, OpenStream begun, @Nullable Object reply, @Nullable Throwable failure) {
    HttpResponse response = answers.finish(exchange, reply, failure);
    if (response.status().isFailure()) {
      OpenStream.Cut cut = begun.cutSoFar();
      begun.end(cut == null ? StreamEnd.REFUSED : cut.end());
    }
    return response;
  }

  /** The values of path and query, and of the header that says where to go on. */
  private Map<String, List<String>> parameters(
      RouteMatch match, Route<?> route, RouteStream stream, HttpRequest request) {
    Map<String, List<String>> parameters = messages.parameters(route, match.values(), request);
    return withLastEventId(stream, request, parameters);
  }

  /** A client that comes back knows better than the link it began with. */
  static Map<String, List<String>> withLastEventId(
      RouteStream stream, HttpRequest request, Map<String, List<String>> parameters) {
    Optional<HttpHeader> header =
        stream.lastEventId().isEmpty() ? Optional.empty() : request.getHeader("Last-Event-ID");
    if (header.isEmpty() || header.get().value().isEmpty()) {
      return parameters;
    }
    Map<String, List<String>> all = new HashMap<>(parameters);
    all.put(stream.lastEventId().get(), List.of(header.get().value()));
    return all;
  }

  static <T> T orRefused(OpenStream begun, Supplier<T> step) {
    try {
      return step.get();
    } catch (Throwable failure) {
      begun.end(StreamEnd.REFUSED);
      throw failure;
    }
  }
}
