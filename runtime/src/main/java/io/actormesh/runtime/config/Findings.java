package io.actormesh.runtime.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects findings of several readers, so that one start shows them all. Not thread-safe.
 *
 * <pre>{@code
 * Findings findings = new Findings();
 * NodeSettings settings = NodeSettings.load(config, System.getenv(), findings);
 * ConfiguredPolicies policies = ConfiguredPolicies.load(config, findings);
 * findings.throwIfAny();   // what was read before must not be used if this throws
 * }</pre>
 */
public final class Findings {

  private final List<Finding> list = new ArrayList<>();

  /** Adds one; a finding that is already there is not repeated. */
  public void add(Finding finding) {
    if (!list.contains(finding)) {
      list.add(finding);
    }
  }

  /** Adds several. */
  public void addAll(Iterable<Finding> findings) {
    findings.forEach(this::add);
  }

  /** What was found, in the order it was found. */
  public List<Finding> list() {
    return List.copyOf(list);
  }

  /** The findings that do not stop the start. */
  public List<Finding> warnings() {
    return list.stream().filter(f -> f.severity() == Finding.Severity.WARNING).toList();
  }

  /**
   * Refuses the configuration if there is an error among the findings.
   *
   * @throws ConfigurationException with all errors found so far
   */
  public void throwIfAny() {
    List<Finding> errors =
        list.stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new ConfigurationException(errors);
    }
  }
}
