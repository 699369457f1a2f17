package io.actormesh.membership;

/** A membership operation that failed; the message says why, {@link #fix()} what to do about it. */
public class MembershipException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String fix;

  /**
   * @param problem what went wrong, with the values involved
   * @param fix what the reader can do about it, naming key or action
   */
  public MembershipException(String problem, String fix) {
    super(problem + " Fix: " + fix);
    this.problem = problem;
    this.fix = fix;
  }

  /** What went wrong. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
  }
}
