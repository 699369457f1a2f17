package io.actormesh.runtime.link;

/**
 * How a stream between two nodes failed: what the subscriber of a received stream is told, and what
 * the publisher of a sent one may fail with to choose the fault that its reader is told. Any other
 * exception of a publisher reads as {@link StreamFault#FAILED}. Has no stack trace.
 */
public final class StreamFailure extends RuntimeException {

  private final StreamFault fault;

  /** A failure with a sentence for people. */
  public StreamFailure(StreamFault fault, String detail) {
    super(detail, null, false, false);
    this.fault = fault;
  }

  /** The failure that tells a reader of the given exception. */
  static StreamFailure of(Throwable thrown) {
    if (thrown instanceof StreamFailure known) {
      return known;
    }
    return new StreamFailure(StreamFault.FAILED, "the producer failed: " + thrown);
  }

  public StreamFault fault() {
    return fault;
  }

  /** What happened, in a sentence; empty if there is no more to say than the fault. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
