package io.actormesh.runtime.config;

import java.util.List;

/** The configuration cannot be used. The message lists everything that is wrong, with the fixes. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /** Refuses a configuration for at least one reason. */
  public ConfigurationException(List<Finding> findings) {
    // Where it was noticed says nothing: the findings name the place to mend.
    super(describe(findings), null, false, false);
    this.findings = List.copyOf(findings);
  }

  /** Everything that is wrong. */
  public List<Finding> findings() {
    return findings;
  }

  private static String describe(List<Finding> findings) {
    int count = findings.size();
    StringBuilder text = new StringBuilder(80 + 120 * count);
    text.append("The configuration has ").append(count == 1 ? "one problem" : count + " problems");
    text.append(':');
    int number = 1;
    for (Finding finding : findings) {
      text.append("\n  ").append(number++).append(". ").append(finding.path());
      if (!finding.origin().isEmpty()) {
        text.append("  (").append(finding.origin()).append(')');
      }
      text.append("\n     ").append(finding.problem()).append('.');
      if (!finding.fix().isEmpty()) {
        text.append("\n     Fix: ").append(finding.fix());
      }
    }
    return text.toString();
  }
}
