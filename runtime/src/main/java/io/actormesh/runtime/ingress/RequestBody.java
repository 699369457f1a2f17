package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.throttle.stream.ByteLimit;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** Reads the bodies of requests, within limits of size and time, or gets rid of them. */
final class RequestBody {

  /**
   * How many times the limit is read of a body that is too large, to drop it: a stream or
   * connection that is cut while its client still writes loses the answer.
   */
  private static final long DROPPED = 16;

  private static final Set<String> STREAMS = Set.of("x-ndjson", "ndjson", "jsonl");

  private final IngressSettings settings;
  private final Materializer materializer;

  RequestBody(IngressSettings settings, Materializer materializer) {
    this.settings = settings;
    this.materializer = materializer;
  }

  /** Whether the whole body has arrived with the request's head, as small ones mostly have. */
  static boolean isHere(HttpRequest request) {
    return request.entity().isStrict();
  }

  /**
   * Checks what the head says of the body, before anything of it is read.
   *
   * @throws InvalidRequestException if it is too large or not JSON
   */
  void check(HttpRequest request, RequestHead head) {
    RequestEntity entity = request.entity();
    if (entity.isKnownEmpty()) {
      return;
    }
    OptionalLong length = entity.getContentLengthOption();
    if (length.isPresent() && length.getAsLong() > settings.maxBody()) {
      throw new InvalidRequestException(tooLarge(settings.maxBody()));
    }
    if (!isJson(entity.getContentType())) {
      throw mediaType("The body is " + entity.getContentType() + ", not application/json.");
    }
    checkEncoding(head);
  }

  /**
   * Checks what the head says of a body that is a stream.
   *
   * @throws InvalidRequestException if it is not NDJSON
   */
  void checkStream(HttpRequest request, RequestHead head) {
    if (request.entity().isKnownEmpty()) {
      return;
    }
    ContentType type = request.entity().getContentType();
    MediaType media = type.mediaType();
    boolean lines = STREAMS.contains(media.subType()) && media.mainType().equals("application");
    if (!lines) {
      throw mediaType("The body is " + type + ", not a stream as application/x-ndjson.");
    }
    checkEncoding(head);
  }

  private static void checkEncoding(RequestHead head) {
    if (head.encoding() != null && !head.encoding().equalsIgnoreCase("identity")) {
      throw mediaType("The body has a Content-Encoding. Send it without.");
    }
  }

  /** The body of a request that {@link #isHere}, not to be written to; empty if there is none. */
  static byte[] bytes(HttpRequest request) {
    return ((HttpEntity.Strict) request.entity()).getData().toArrayUnsafe();
  }

  /** The body of a request, at once if it is here. */
  CompletionStage<byte[]> whole(Exchange exchange) {
    if (isHere(exchange.request)) {
      return CompletableFuture.completedFuture(bytes(exchange.request));
    }
    exchange.bodyTaken = true;
    return collect(exchange.request);
  }

  /** The body of a request, as it comes in; fails with {@link InvalidRequestException}. */
  CompletionStage<byte[]> collect(HttpRequest request) {
    return request
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .via(ByteLimit.flow(maxDropped()))
        .runWith(
            Sink.fromGraph(new BodyCollector(settings.maxBody(), settings.bodyTimeout())),
            materializer);
  }

  /**
   * Gets rid of a body that is not here and that nobody reads. The answer waits for the returned
   * stage: clients tend to read it only when they have sent everything.
   */
  CompletionStage<?> discard(HttpRequest request, RequestHead head) {
    if (head.expectsContinue() && !head.http2()) {
      // Not reading is what tells Pekko to answer instead of "100 Continue".
      return done();
    }
    CompletionStage<?> dropped = drop(request).handle((end, failure) -> "dropped, or given up");
    OptionalLong length = request.entity().getContentLengthOption();
    boolean tooLong = length.isPresent() && length.getAsLong() > settings.maxBody();
    return tooLong ? done() : dropped;
  }

  private CompletionStage<Done> drop(HttpRequest request) {
    return request
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .via(ByteLimit.flow(maxDropped()))
        .completionTimeout(settings.bodyTimeout())
        .runWith(Sink.ignore(), materializer);
  }

  /**
   * The body as a stream of elements. To be run once, or discarded.
   *
   * @param broken fails with the problem that the client is to be told when its stream is
   */
  Source<Object, NotUsed> elements(
      HttpRequest request, NdjsonElements.Line line, CompletableFuture<Object> broken) {
    return request
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .mapMaterializedValue(value -> NotUsed.getInstance())
        .via(
            new NdjsonElements(
                line,
                broken,
                settings.stream().maxElement(),
                maxDropped(),
                settings.bodyTimeout()));
  }

  /** Reads a stream away that nobody has asked for, within the limits of what is dropped. */
  void dropElements(Source<Object, NotUsed> elements) {
    elements.runWith(Sink.cancelled(), materializer);
  }

  /** At least a chunk of HTTP/1.1, which the server hands over as a whole. */
  private long maxDropped() {
    return Math.max(DROPPED * settings.maxBody(), IngressConfig.CHUNK);
  }

  static Problem tooLarge(int limit) {
    return Problem.of(FailureCode.BODY_TOO_LARGE, "The body is larger than " + limit + " bytes.");
  }

  /**
   * JSON is UTF-8 whatever a charset parameter says (RFC 8259, section 11), so none is looked at.
   */
  private static boolean isJson(ContentType type) {
    if (type == ContentTypes.APPLICATION_JSON) {
      return true;
    }
    MediaType media = type.mediaType();
    boolean application = media.mainType().equals("application");
    return application && (media.subType().equals("json") || media.subType().endsWith("+json"));
  }

  private static CompletionStage<?> done() {
    return CompletableFuture.completedFuture("nothing to wait for");
  }

  private static InvalidRequestException mediaType(String detail) {
    return new InvalidRequestException(Problem.of(FailureCode.MEDIA_TYPE, detail));
  }
}
