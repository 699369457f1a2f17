package io.actormesh.runtime.stream;

import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;

/** What the ends of a stream tell each other of what went wrong. */
final class Faults {
  private static final int LONGEST = 500;

  private Faults() {}

  static StreamFailure cancelled() {
    return new StreamFailure(StreamFault.CANCELLED, "the reader wants no more");
  }

  /** The producer's own failure; one that is a fault already stays what it is. */
  static StreamFailure ofProducer(Throwable thrown) {
    return thrown instanceof StreamFailure known
        ? known
        : new StreamFailure(StreamFault.FAILED, shortened("the producer failed: " + thrown));
  }

  /** An element that cannot be encoded. */
  static StreamFailure ofEncoding(Throwable thrown) {
    boolean large =
        thrown instanceof CodecException codec
            && codec.problem() == CodecException.Problem.TOO_LARGE;
    StreamFault fault = large ? StreamFault.TOO_LARGE : StreamFault.NOT_SERIALIZABLE;
    return new StreamFailure(fault, shortened("an element cannot be sent: " + text(thrown)));
  }

  /** An element that cannot be decoded. */
  static StreamFailure ofDecoding(Throwable thrown) {
    return new StreamFailure(
        StreamFault.NOT_READABLE, shortened("an element cannot be read: " + text(thrown)));
  }

  /** The fault to be counted for whatever ended a stream. */
  static StreamFault faultOf(Throwable thrown) {
    return thrown instanceof StreamFailure known ? known.fault() : StreamFault.INTERNAL;
  }

  private static String text(Throwable thrown) {
    return thrown instanceof CodecException
        ? String.valueOf(thrown.getMessage())
        : thrown.toString();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
