package io.actormesh.runtime.ingress;

import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests of which another server on the way may have seen another end: those that {@link
 * FramingStage} has put in the place of such, and those with headers about the body's length that
 * Pekko could not read and has left among the others as if they meant nothing.
 */
final class AmbiguousFraming {

  private AmbiguousFraming() {}

  /** Null if the request is fine, as are all over HTTP/2, which has frames. */
  static @Nullable FramingFault of(HttpRequest request) {
    if (request.protocol().value().equals("HTTP/2.0")) {
      return null;
    }
    for (HttpHeader header : request.getHeaders()) {
      FramingFault fault = fault(header);
      if (fault != null) {
        return fault;
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
