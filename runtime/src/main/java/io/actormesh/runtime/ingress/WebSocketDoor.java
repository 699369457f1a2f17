package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.telemetry.StreamEnd;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Serves streaming operations over WebSockets: a text message is an element, either way.
 * Thread-safe.
 *
 * <p>An operation that takes no stream is called before the connection is upgraded, so that its
 * failure is an ordinary problem document; one that takes a stream afterwards.
 */
final class WebSocketDoor {

  private static final byte[] NO_BODY = {};

  private final OpenStreams open;
  private final RequestMessages messages;
  private final Answers answers;
  private final StreamAnswers replies;
  private final StreamSettings settings;
  private final Cors cors;
  private final Ticker ticker;
  private final Materializer materializer;

  WebSocketDoor(
      ActorSystem<?> system,
      IngressSettings settings,
      OpenStreams open,
      RequestMessages messages,
      Answers answers,
      StreamAnswers replies,
      Ticker ticker) {
    this.open = open;
    this.messages = messages;
    this.answers = answers;
    this.replies = replies;
    this.settings = settings.stream();
    this.cors = new Cors(settings.security().cors());
    this.ticker = ticker;
    this.materializer = SystemMaterializer.get(system).materializer();
  }

  /**
   * Answers a request to upgrade.
   *
   * @param call calls the service with the request's message
   * @throws InvalidRequestException if the request is refused without a call
   */
  <C> CompletionStage<HttpResponse> handle(
      Exchange exchange,
      RouteMatch match,
      Route<C> route,
      RouteStream stream,
      Function<C, CompletionStage<Object>> call) {
    HttpRequest request = exchange.request;
    cors.requireAllowedOrigin(request);
    WebSocketUpgrade upgrade = upgrade(exchange);
    // A handshake has no body, so that all comes from path and query, whatever the route's method.
    Set<String> query =
        Set.copyOf(RouteBinding.query(RouteMethod.GET, route.template(), route.operation()));
    Map<String, List<String>> parameters =
        StreamDoor.withLastEventId(
            stream, request, messages.parameters(route, query, match.values(), request));
    OpenStream begun = open.open(exchange);
    return StreamDoor.orRefused(
        begun,
        () ->
            route.operation().streamsArgument()
                ? argument(exchange, route, upgrade, begun, parameters, call)
                : reply(exchange, route, upgrade, begun, parameters, call));
  }

  private static WebSocketUpgrade upgrade(Exchange exchange) {
    if (exchange.head.http2()) {
      throw invalid("WebSockets are served over HTTP/1.1 only.");
    }
    if (!exchange.request.entity().isKnownEmpty()) {
      throw invalid("A WebSocket's handshake has no body.");
    }
    return exchange
        .request
        .getAttribute(AttributeKeys.webSocketUpgrade)
        .orElseThrow(
            () ->
                invalid(
                    "The WebSocket handshake is not valid. Needed are Connection: Upgrade,"
                        + " Sec-WebSocket-Version: 13 and a Sec-WebSocket-Key."));
  }

  private static InvalidRequestException invalid(String detail) {
    return new InvalidRequestException(Problem.of(FailureCode.BAD_REQUEST, detail));
  }

  private <C> CompletionStage<HttpResponse> reply(
      Exchange exchange,
      Route<C> route,
      WebSocketUpgrade upgrade,
      OpenStream begun,
      Map<String, List<String>> parameters,
      Function<C, CompletionStage<Object>> call) {
    exchange.answer =
        reply -> {
          Source<Object, NotUsed> elements = StreamAnswers.elements(reply);
          replies.endIfUnread(begun, elements);
          Sink<Message, ?> in = incoming(route, begun, false).to(Sink.ignore());
          return upgrade.handleMessagesWith(in, outgoing(exchange, route, begun, elements));
        };
    return call.apply(messages.read(route, NO_BODY, parameters))
        .handle((reply, failure) -> answered(exchange, begun, reply, failure));
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

  private <C> CompletionStage<HttpResponse> argument(
      Exchange exchange,
      Route<C> route,
      WebSocketUpgrade upgrade,
      OpenStream begun,
      Map<String, List<String>> parameters,
      Function<C, CompletionStage<Object>> call) {
    CompletableFuture<SinkQueueWithCancel<Object>> queue = new CompletableFuture<>();
    C message = messages.read(route, NO_BODY, parameters, elements(queue));
    answers.release(exchange);
    CompletionStage<Object> called = call.apply(message);
    Source<Object, NotUsed> elements =
        Source.completionStageSource(called.thenApply(reply -> elements(route, reply)))
            .watchTermination(
                (value, end) -> {
                  end.whenComplete((done, failure) -> over(called, queue));
                  return NotUsed.getInstance();
                });
    exchange.answer =
        nothing -> {
          replies.endIfUnread(begun, elements);
          Sink<Message, ?> in = incoming(route, begun, true).to(into(queue));
          return upgrade.handleMessagesWith(in, outgoing(exchange, route, begun, elements));
        };
    return CompletableFuture.completedFuture(
        answered(exchange, begun, NotUsed.getInstance(), null));
  }

  /** What is in the queue; {@code Source.asSubscriber} would have to be run within seconds. */
  private static Source<Object, NotUsed> elements(
      CompletableFuture<SinkQueueWithCancel<Object>> queue) {
    return Source.unfoldResourceAsync(
        () -> queue,
        SinkQueueWithCancel::pull,
        open -> {
          open.cancel();
          return CompletableFuture.completedFuture(Done.done());
        });
  }

  /** One element at a time waits to be asked for. */
  private static Sink<Object, ?> into(CompletableFuture<SinkQueueWithCancel<Object>> queue) {
    return Sink.<Object>queue()
        .withAttributes(Attributes.inputBuffer(1, 1))
        .mapMaterializedValue(queue::complete);
  }

  /** The replies have ended, one way or another: nobody waits for the rest. */
  private static void over(
      CompletionStage<Object> called, CompletableFuture<SinkQueueWithCancel<Object>> queue) {
    if (called instanceof CompletableFuture<Object> future) {
      future.cancel(false);
    }
    queue.completeExceptionally(new ClientStreamException("the client is gone"));
    var unused = queue.thenAccept(SinkQueueWithCancel::cancel);
  }

  /** A reply that is no stream is one of one element, or of none if it says nothing. */
  private static Source<Object, NotUsed> elements(Route<?> route, Object reply) {
    if (route.operation().streamsReply()) {
      return StreamAnswers.elements(reply);
    }
    return reply instanceof Done || reply instanceof NotUsed
        ? Source.empty()
        : Source.single(reply);
  }

  private Flow<Message, Object, NotUsed> incoming(
      Route<?> route, OpenStream begun, boolean expected) {
    int max = settings.maxElement();
    ArgumentMessages.Element element =
        (json, number) -> {
          Object read = messages.readElement(route, json, "Message " + number);
          begun.received();
          return read;
        };
    return Flow.of(Message.class)
        .mapAsync(1, message -> ClientMessage.read(message, max, materializer))
        .via(new ArgumentMessages(element, begun, max, expected));
  }

  private Source<Message, NotUsed> outgoing(
      Exchange exchange, Route<?> route, OpenStream begun, Source<Object, NotUsed> elements) {
    Function<Object, byte[]> json =
        route.operation().streamsReply()
            ? element -> messages.writeElement(route, element)
            : reply -> messages.write(route, reply);
    return elements.viaMat(
        new ReplyMessages(
            json, exchange.head.requestId(), begun, replies.problems(exchange), settings, ticker),
        Keep.left());
  }
}
