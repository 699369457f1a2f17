package io.actormesh.runtime.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node could not start. The message lists everything that was found, each with what to do. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> findings;

  StartException(String what, List<String> findings, @Nullable Throwable cause) {
    super(describe(what, findings), cause);
    this.findings = List.copyOf(findings);
  }

  /** What is wrong, one sentence each. */
  public List<String> findings() {
    return findings;
  }

  private static String describe(String what, List<String> findings) {
    StringBuilder text = new StringBuilder(what);
    for (String finding : findings) {
      text.append("\n  - ").append(finding);
    }
    return text.toString();
  }
}
