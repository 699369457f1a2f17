package io.actormesh.runtime.ingress;

import java.io.ByteArrayOutputStream;

/** One way to write a stream; used for one stream, by one thread at a time. */
interface StreamText {

  /** Writes what comes before the first element, if anything. */
  void begin(ByteArrayOutputStream out);

  /**
   * Writes an element.
   *
   * @throws RuntimeException if it cannot be written; then nothing of it has been
   */
  void element(Object element, ByteArrayOutputStream out);

  /** What says that a quiet stream lives, and is ignored by those who read it. */
  byte[] heartbeat();

  /** Writes what comes after the last element. */
  void end(ByteArrayOutputStream out);

  /** Writes what ended the stream before its time, as far as there are words for it. */
  void failure(Problem problem, ByteArrayOutputStream out);

  /**
   * Whether a stream that failed is cut instead of ended, so that it cannot be taken for a whole
   * one.
   */
  boolean cutsFailures();
}
