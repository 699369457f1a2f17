package io.actormesh.runtime.failure;

/** The caller cancelled the call. */
public final class CallCancelled extends MeshFailure {

  private static final long serialVersionUID = 1L;

  CallCancelled(FailureDetail detail) {
    super(detail);
  }
}
