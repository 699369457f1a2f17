package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests of which another server on the way may have seen another end. Pekko takes the
 * headers that tell a body's length out of a request, or refuses it; what it cannot read it leaves
 * among the others as if it meant nothing, such as {@code Transfer-Encoding: "chunked"}.
 */
final class AmbiguousFraming {

  private static final String NO_REQUEST_ID = "none";

  private AmbiguousFraming() {}

  /** The refusal, which closes the connection; null if there is nothing wrong. */
  static @Nullable HttpResponse refusal(HttpRequest request) {
    if (request.protocol().value().equals("HTTP/2.0")) {
      return null;
    }
    for (HttpHeader header : request.getHeaders()) {
      String mistake = mistake(header.lowercaseName());
      if (mistake != null) {
        return Responses.problem(
                Problem.of(FailureCode.BAD_REQUEST, "Not a valid HTTP request: " + mistake),
                NO_REQUEST_ID)
            .addHeader(Connection.create("close"));
      }
    }
    return null;
  }

  private static @Nullable String mistake(String name) {
    return switch (name) {
      case "transfer-encoding" -> "the Transfer-Encoding is not chunked.";
      case "content-length" -> "the Content-Length is no number.";
      case "" -> "a header has no name.";
      default -> null;
    };
  }
}
