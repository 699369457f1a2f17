package io.actormesh.runtime.failure;

/**
 * A limit on the way refused the call before it was started. {@link #retryAfter()} hints when to
 * come back.
 */
public final class Overloaded extends MeshFailure {

  private static final long serialVersionUID = 1L;

  Overloaded(FailureDetail detail) {
    super(detail);
  }
}
