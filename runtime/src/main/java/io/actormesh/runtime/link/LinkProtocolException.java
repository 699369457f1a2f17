package io.actormesh.runtime.link;

/** The peer's bytes break the protocol; the connection is closed with the reason. */
final class LinkProtocolException extends RuntimeException {

  private final CloseReason reason;

  LinkProtocolException(CloseReason reason, String detail) {
    // No stack trace: a hostile peer must not make errors expensive.
    super(detail, null, false, false);
    this.reason = reason;
  }

  CloseReason reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
