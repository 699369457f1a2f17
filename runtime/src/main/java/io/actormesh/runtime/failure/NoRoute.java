package io.actormesh.runtime.failure;

/** There was nobody to send the call to, or nobody who knows the operation. It was not started. */
public final class NoRoute extends MeshFailure {

  private static final long serialVersionUID = 1L;

  NoRoute(FailureDetail detail) {
    super(detail);
  }
}
