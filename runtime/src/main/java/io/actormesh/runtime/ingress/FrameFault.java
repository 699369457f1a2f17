package io.actormesh.runtime.ingress;

/** Why an HTTP/2 connection is ended by {@link FrameGuard}. */
enum FrameFault {
  /** A frame, or a connection's end of it, where none may be. */
  PROTOCOL("protocol", 1),
  /** A frame that is larger than may be, or too small for what it says to hold. */
  FRAME_SIZE("frame-size", 6),
  /** The header block of one request that is larger than any request's. */
  HEADER_BLOCK("header-block", 11),
  /** More frames that bring nothing than {@link FrameBudget} has. */
  FLOOD("flood", 11);

  private final String reason;
  private final int error;

  FrameFault(String reason, int error) {
    this.reason = reason;
    this.error = error;
  }

  /** As metrics call it. */
  String reason() {
    return reason;
  }

  /** The error code of its GOAWAY (RFC 9113, section 7). */
  int error() {
    return error;
  }
}
