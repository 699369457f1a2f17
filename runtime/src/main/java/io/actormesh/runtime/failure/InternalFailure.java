package io.actormesh.runtime.failure;

/** The mesh itself failed: a defect, please report it. */
public final class InternalFailure extends MeshFailure {

  private static final long serialVersionUID = 1L;

  InternalFailure(FailureDetail detail) {
    super(detail);
  }
}
