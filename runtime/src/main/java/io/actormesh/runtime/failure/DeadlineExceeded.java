package io.actormesh.runtime.failure;

/** The call was not answered before its deadline. {@link #phase()} tells how far it had come. */
public final class DeadlineExceeded extends MeshFailure {

  private static final long serialVersionUID = 1L;

  private final Phase phase;

  /** A deadline that passed in the given phase. */
  public DeadlineExceeded(FailureDetail detail, Phase phase) {
    super(detail);
    this.phase = phase;
  }

  /** How far the call had come when its deadline passed. */
  public Phase phase() {
    return phase;
  }
}
