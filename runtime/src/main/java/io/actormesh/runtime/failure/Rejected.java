package io.actormesh.runtime.failure;

/** The service ran the call and answered with an error of its own ({@code StatusReply.error}). */
public final class Rejected extends MeshFailure {

  private static final long serialVersionUID = 1L;

  Rejected(FailureDetail detail) {
    super(detail);
  }
}
