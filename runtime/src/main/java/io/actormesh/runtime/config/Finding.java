package io.actormesh.runtime.config;

/**
 * One thing that is wrong, or doubtful, with the configuration.
 *
 * @param severity whether the node can start with it
 * @param path the key, such as {@code actormesh.ingress.max-body}, or the environment variable
 * @param origin where the value stands, such as {@code application.conf:12}; empty if nowhere
 * @param problem what is wrong, without a full stop
 * @param fix what to set or change; empty if the problem says it
 */
public record Finding(Severity severity, String path, String origin, String problem, String fix) {

  /** Whether a node can start with a finding. */
  public enum Severity {
    /** The node must not start. */
    ERROR,
    /** The node starts, and logs it. */
    WARNING
  }

  /** What stops the start. */
  public static Finding error(String path, String origin, String problem, String fix) {
    return new Finding(Severity.ERROR, path, origin, problem, fix);
  }

  /** What is worth a line in the log. */
  public static Finding warning(String path, String origin, String problem, String fix) {
    return new Finding(Severity.WARNING, path, origin, problem, fix);
  }

  /** The finding on one line. */
  @Override
  public String toString() {
    String place = origin.isEmpty() ? "" : " (" + origin + ")";
    String advice = fix.isEmpty() ? "" : ". " + fix;
    return path + place + ": " + problem + advice;
  }
}
