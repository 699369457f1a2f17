package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes responses of streams. */
final class StreamAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(StreamAnswers.class);

  /** After which a response that the HTTP server has not begun to send is nobody's. */
  private static final Duration UNREAD = Duration.ofSeconds(10);

  // Nginx and its kin hold a response back until their buffers are full unless told not to.
  private static final List<HttpHeader> HEADERS =
      List.of(
          RawHeader.create("Cache-Control", "no-cache"),
          RawHeader.create("X-Accel-Buffering", "no"),
          RawHeader.create("Vary", "Accept"));

  private final ActorSystem<?> system;
  private final RequestMessages messages;
  private final Answers answers;
  private final StreamSettings settings;
  private final Ticker ticker;

  StreamAnswers(
      ActorSystem<?> system,
      RequestMessages messages,
      Answers answers,
      StreamSettings settings,
      Ticker ticker) {
    this.system = system;
    this.messages = messages;
    this.answers = answers;
    this.settings = settings;
    this.ticker = ticker;
  }

  /** The head of a response alone. */
  static HttpResponse head(StreamMedia media) {
    return with(media, Source.empty());
  }

  /** The elements of a reply as a response's body. */
  HttpResponse response(
      Exchange exchange,
      Route<?> route,
      RouteStream stream,
      StreamMedia media,
      OpenStream open,
      Object reply) {
    Source<Object, NotUsed> elements = elements(reply);
    endIfUnread(open, elements);
    StreamText text = text(exchange, route, stream, media);
    return with(
        media, elements.via(new StreamBody(text, open, problems(exchange), settings, ticker)));
  }

  @SuppressWarnings("unchecked") // the reply of an operation that streams its reply
  static Source<Object, NotUsed> elements(Object reply) {
    return (Source<Object, NotUsed>) reply;
  }

  /** What a client is told about a stream that failed after it had begun. */
  Function<Throwable, Problem> problems(Exchange exchange) {
    return failure -> {
      boolean typed =
          failure instanceof MeshFailure
              || failure instanceof InvalidRequestException
              || failure instanceof CompletionException
              || failure instanceof Error;
      return answers.problem(exchange, typed ? failure : new InvalidRequestException(of(failure)));
    };
  }

  /**
   * A client that goes away before its response begins leaves a stream that nobody runs: the HTTP
   * server drops the response without a word. The end of its connection is noticed at once, other
   * ways are not.
   */
  void endIfUnread(OpenStream open, Source<Object, NotUsed> elements) {
    Cancellable timeout =
        system.scheduler().scheduleOnce(UNREAD, open::giveUp, system.executionContext());
    open.awaitReader(() -> elements.runWith(Sink.cancelled(), system), timeout);
  }

  private StreamText text(
      Exchange exchange, Route<?> route, RouteStream stream, StreamMedia media) {
    Function<Object, byte[]> json = element -> messages.writeElement(route, element);
    String requestId = exchange.head.requestId();
    return switch (media) {
      case NDJSON, JSON_LINES -> new NdjsonText(json, requestId);
      case EVENTS -> new SseText(json, stream, requestId, settings.retry());
      case JSON_ARRAY -> new JsonArrayText(json);
    };
  }

  private static HttpResponse with(StreamMedia media, Source<ByteString, NotUsed> body) {
    return HttpResponse.create()
        .withEntity(HttpEntities.createChunked(media.contentType(), body))
        .withHeaders(HEADERS);
  }

  /** A failure of the service's own, whose text is not for clients. */
  private static Problem of(Throwable failure) {
    LOG.warn("A service's stream failed", failure);
    return Problem.of(
        FailureCode.SERVICE_FAILED, "The service's stream failed; this node's log has the cause.");
  }
}
