package io.actormesh.runtime.codec;

/** A request that is no message of its operation: which part of it, and why. */
public final class JsonProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  /**
   * A problem with a part of a request.
   *
   * @param path such as {@code $.lines[2].quantity}; {@code $} for the whole body
   * @param problem what is wrong with it, without its value
   */
  public JsonProblem(String path, String problem) {
    super(path + ": " + problem, null, false, false);
    this.path = path;
    this.problem = problem;
  }

  /** Where in the body, as a JSON path; a path or query parameter has the path of its field. */
  public String path() {
    return path;
  }

  /** What is wrong, in a few words. */
  public String problem() {
    return problem;
  }
}
