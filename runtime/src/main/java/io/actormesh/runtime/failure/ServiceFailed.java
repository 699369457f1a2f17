package io.actormesh.runtime.failure;

/** The service failed on the call: it threw, stopped, or does not handle the message. */
public final class ServiceFailed extends MeshFailure {

  private static final long serialVersionUID = 1L;

  ServiceFailed(FailureDetail detail) {
    super(detail);
  }
}
