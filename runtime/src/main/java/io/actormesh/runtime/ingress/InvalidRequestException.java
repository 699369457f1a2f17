package io.actormesh.runtime.ingress;

/** Ends the handling of a request that is no valid call; without a stack trace, it is no bug. */
final class InvalidRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  InvalidRequestException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
