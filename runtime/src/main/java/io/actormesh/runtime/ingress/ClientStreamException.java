package io.actormesh.runtime.ingress;

/** What a service sees of a client's stream that did not come to its end. */
final class ClientStreamException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ClientStreamException(String message) {
    super(message, null, false, false);
  }
}
