package io.actormesh.runtime.codec;

/** A value that cannot be encoded or bytes that cannot be decoded; the message names the field. */
public final class CodecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Problem {
    NOT_SERIALIZABLE,
    NOT_READABLE,
    TOO_LARGE
  }

  private final Problem problem;

  /** A problem with one sentence for people. */
  public CodecException(Problem problem, String message) {
    super(message, null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
