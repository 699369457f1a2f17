package io.actormesh.runtime.ingress;

/** Ends a response before its end, so that its client sees that something is missing. */
final class CutStreamException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CutStreamException() {
    super("the stream was cut, its client has been told why", null, false, false);
  }
}
