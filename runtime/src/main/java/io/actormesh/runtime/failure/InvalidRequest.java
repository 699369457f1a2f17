package io.actormesh.runtime.failure;

/** A request at the front door that is no valid call: {@link #code()} and the message tell why. */
public final class InvalidRequest extends MeshFailure {

  private static final long serialVersionUID = 1L;

  InvalidRequest(FailureDetail detail) {
    super(detail);
  }
}
