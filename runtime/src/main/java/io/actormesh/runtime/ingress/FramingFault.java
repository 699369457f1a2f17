package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** Why the bytes of an HTTP/1.1 connection are not taken for requests. */
enum FramingFault {
  BARE_LF("a line ends without a carriage return."),
  BARE_CR("a carriage return ends no line."),
  FOLDED("a header line begins with white space."),
  LENGTH("the Content-Length is no number."),
  TWO_LENGTHS("there is more than one Content-Length."),
  CODING("the Transfer-Encoding is not chunked."),
  TWO_CODINGS("there is more than one Transfer-Encoding."),
  BOTH("there are a Content-Length and a Transfer-Encoding."),
  OLD_CHUNKED("HTTP/1.0 has no Transfer-Encoding."),
  NAMELESS("a header has no name."),
  CHUNK("a chunk is malformed."),
  SCHEME("the target's scheme is neither http nor https."),
  HEAD_TOO_LARGE("the head is too large.");

  private final String text;

  FramingFault(String text) {
    this.text = text;
  }

  /** The fault of a name; null if there is none. */
  static @Nullable FramingFault of(String name) {
    for (FramingFault fault : values()) {
      if (fault.name().equals(name)) {
        return fault;
      }
    }
    return null;
  }

  FailureCode code() {
    return this == HEAD_TOO_LARGE ? FailureCode.HEADERS_TOO_LARGE : FailureCode.BAD_REQUEST;
  }

  String text() {
    return text;
  }
}
