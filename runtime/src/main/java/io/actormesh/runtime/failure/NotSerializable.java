package io.actormesh.runtime.failure;

/** The request or the reply could not be encoded or decoded; {@link #code()} tells which. */
public final class NotSerializable extends MeshFailure {

  private static final long serialVersionUID = 1L;

  NotSerializable(FailureDetail detail) {
    super(detail);
  }
}
