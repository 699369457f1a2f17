package io.actormesh.runtime.ingress;

import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests of which another server on the way may have seen another end: those that {@link
 * FramingStage} has put in the place of such, and those with headers about the body's length that
 * Pekko could not read and has left among the others as if they meant nothing.
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
      FramingFault fault = fault(header);
      if (fault != null) {
        return Responses.problem(
                Problem.of(fault.code(), "Not a valid HTTP request: " + fault.text()),
                NO_REQUEST_ID)
            .addHeader(Connection.create("close"));
      }
    }
    return null;
  }

  private static @Nullable FramingFault fault(HttpHeader header) {
    return switch (header.lowercaseName()) {
      case FramingStage.REFUSED -> FramingFault.of(header.value());
      case "transfer-encoding" -> FramingFault.CODING;
      case "content-length" -> FramingFault.LENGTH;
      case "" -> FramingFault.NAMELESS;
      default -> null;
    };
  }
}
