package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.ContractException.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Routes that cannot be served. Holds everything that is wrong with them, each with its fix. */
public final class RouteException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  RouteException(String subject, List<Finding> findings) {
    super(
        findings.stream()
            .map(finding -> "\n  " + finding)
            .collect(
                Collectors.joining("", subject + " cannot be exposed over HTTP, findings: ", "")));
    this.findings = List.copyOf(findings);
  }

  /** Everything that is wrong, in the order of declaration; never empty. */
  public List<Finding> findings() {
    return findings;
  }
}
