package io.actormesh.runtime.host;

/** A service cannot be hosted; the message names it and says why. */
public final class HostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HostException(String message, Throwable cause) {
    super(message, cause);
  }

  HostException(String message) {
    super(message);
  }
}
