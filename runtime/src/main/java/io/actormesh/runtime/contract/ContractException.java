package io.actormesh.runtime.contract;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A protocol that cannot become a contract. Holds everything that is wrong with it, each finding
 * with its fix, so that one run is enough to repair it.
 */
public final class ContractException extends IllegalArgumentException {
  private final transient List<Finding> findings;

  /**
   * One thing that is wrong.
   *
   * @param where the type or field, such as {@code Reserve.lines[].item}
   * @param problem what is wrong with it
   * @param fix what to do about it
   */
  public record Finding(String where, String problem, String fix) {
    @Override
    public String toString() {
      return where + ": " + problem + ". Fix: " + fix;
    }
  }

  ContractException(String service, List<Finding> findings) {
    super(message(service, findings));
    this.findings = List.copyOf(findings);
  }

  /** Everything that is wrong, in the order of the protocol's declarations; never empty. */
  public List<Finding> findings() {
    return findings;
  }

  private static String message(String service, List<Finding> findings) {
    return "service '"
        + service
        + "' has no valid contract, findings: "
        + findings.size()
        + IntStream.range(0, findings.size())
            .mapToObj(i -> "\n  " + (i + 1) + ". " + findings.get(i))
            .collect(Collectors.joining());
  }
}
