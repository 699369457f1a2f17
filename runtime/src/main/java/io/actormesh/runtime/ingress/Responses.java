package io.actormesh.runtime.ingress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/** Makes responses out of parts that were made once. */
final class Responses {

  private static final ContentType PROBLEM =
      ContentTypes.create(
          MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8));
  private static final HttpResponse OK = HttpResponse.create();
  private static final HttpResponse ACCEPTED = OK.withStatus(StatusCodes.ACCEPTED);
  private static final HttpResponse NO_CONTENT = OK.withStatus(StatusCodes.NO_CONTENT);

  private Responses() {}

  /** A reply; the bytes belong to the response from here on. */
  static HttpResponse json(byte[] bytes) {
    return OK.withEntity(
        HttpEntities.create(ContentTypes.APPLICATION_JSON, ByteString.fromArrayUnsafe(bytes)));
  }

  /** A one-way message was accepted. */
  static HttpResponse accepted() {
    return ACCEPTED;
  }

  /** It was done, and there is nothing to say. */
  static HttpResponse noContent() {
    return NO_CONTENT;
  }

  /** The answer to OPTIONS. */
  static HttpResponse options(String allow) {
    return NO_CONTENT.addHeader(RawHeader.create("Allow", allow));
  }

  static HttpResponse problem(Problem problem, String requestId) {
    byte[] bytes = ProblemJson.write(problem, requestId);
    List<HttpHeader> headers = new ArrayList<>(2);
    if (problem.retryAfter() != null) {
      headers.add(RawHeader.create("Retry-After", seconds(problem.retryAfter())));
    }
    if (problem.allow() != null) {
      headers.add(RawHeader.create("Allow", problem.allow()));
    }
    return OK.withStatus(status(problem.status()))
        .withEntity(HttpEntities.create(PROBLEM, ByteString.fromArrayUnsafe(bytes)))
        .withHeaders(headers);
  }

  /** In whole seconds, rounded up: earlier than hinted would be in vain. */
  private static String seconds(Duration hint) {
    return Long.toString(Math.max(1, (hint.toMillis() + 999) / 1000));
  }

  private static StatusCode status(int code) {
    Optional<StatusCode> known = StatusCodes.lookup(code);
    return known.orElseGet(() -> StatusCodes.custom(code, "Client Closed Request", ""));
  }
}
