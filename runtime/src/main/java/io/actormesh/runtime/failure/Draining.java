package io.actormesh.runtime.failure;

/** The node is leaving the mesh and takes no new calls. It was not started. */
public final class Draining extends MeshFailure {

  private static final long serialVersionUID = 1L;

  Draining(FailureDetail detail) {
    super(detail);
  }
}
