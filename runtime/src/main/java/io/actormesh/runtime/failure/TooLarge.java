package io.actormesh.runtime.failure;

/**
 * The request or the reply is larger than the service's policy allows; {@link #code()} tells which.
 */
public final class TooLarge extends MeshFailure {

  private static final long serialVersionUID = 1L;

  TooLarge(FailureDetail detail) {
    super(detail);
  }
}
