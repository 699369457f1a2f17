package io.actormesh.runtime.failure;

/** The serving node was lost after the call had been sent to it: it may have run. */
public final class EndpointLost extends MeshFailure {

  private static final long serialVersionUID = 1L;

  EndpointLost(FailureDetail detail) {
    super(detail);
  }
}
