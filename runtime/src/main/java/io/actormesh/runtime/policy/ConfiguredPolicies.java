package io.actormesh.runtime.policy;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import io.actormesh.runtime.config.ConfigurationException;
import io.actormesh.runtime.config.Finding;
import io.actormesh.runtime.config.Findings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policies as {@code actormesh.services { … }} has them: {@code default}, then the contract,
 * then the service by name, then its operation by name; each layer beats the ones before it.
 * Thread-safe; reading waits for nobody.
 */
public final class ConfiguredPolicies implements Policies {

  private final PolicyConfig config;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  private ConfiguredPolicies(PolicyConfig config) {
    this.config = config;
  }

  /**
   * Reads the policies.
   *
   * @param config the whole configuration, with {@code reference.conf} at its bottom, resolved
   * @throws ConfigurationException with everything that is wrong
   */
  public static ConfiguredPolicies load(Config config) {
    Findings findings = new Findings();
    ConfiguredPolicies policies = load(config, findings);
    findings.throwIfAny();
    return policies;
  }

  /** As above; adds what is wrong to the findings, and then the result must not be used. */
  public static ConfiguredPolicies load(Config config, Findings findings) {
    return new ConfiguredPolicies(PolicyConfig.read(config, findings));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A service that nothing is said about has the defaults. Ask for the names of contracts only:
   * every name asked for is kept.
   */
  @Override
  public PublishedPolicy of(String service) {
    return entry(service).holder;
  }

  /**
   * Takes a contract into account, whether its service is hosted here or only called. Registering
   * it again replaces what it said before; a policy that was published meanwhile is resolved anew.
   *
   * @throws ConfigurationException if the configuration names an operation that the contract lacks
   */
  public void register(String service, Collection<OperationDefaults> operations) {
    Findings findings = new Findings();
    register(service, operations, findings);
    findings.throwIfAny();
  }

  /** As above; adds what is wrong to the findings instead of throwing, and changes nothing then. */
  public synchronized void register(
      String service, Collection<OperationDefaults> operations, Findings findings) {
    Map<String, OperationDefaults> contract = new TreeMap<>();
    operations.forEach(operation -> contract.put(operation.operation(), operation));
    List<Finding> unknown = config.unknownOperations(service, contract.keySet());
    findings.addAll(unknown);
    if (unknown.isEmpty()) {
      entry(service).register(contract, config);
    }
  }

  /**
   * Puts another policy in force at once; calls that have begun keep what they read.
   *
   * @throws ConfigurationException if the policy is out of range or contradicts itself
   * @throws IllegalArgumentException if it is another service's policy
   */
  public synchronized void publish(String service, ServicePolicy policy) {
    if (!policy.service().equals(service)) {
      throw new IllegalArgumentException(
          "policy: of " + policy.service() + " (expected: of " + service + ")");
    }
    Findings findings = new Findings();
    PolicyCheck.check(policy, findings);
    findings.throwIfAny();
    entry(service).holder.publish(policy);
  }

  /** The policy in force, and where each value comes from. */
  public EffectivePolicy effective(String service) {
    return entry(service).effective();
  }

  /** The services that are configured by name, registered or asked for. */
  public Set<String> services() {
    Set<String> services = new TreeSet<>(config.services());
    services.addAll(entries.keySet());
    return services;
  }

  /**
   * Warns of services that are configured by name though no known contract is called so: a typing
   * error, or one configuration shared by several applications.
   */
  public List<Finding> unknownServices(Set<String> known) {
    return config.unknownServices(known);
  }

  private Entry entry(String service) {
    Entry present = entries.get(service);
    return present != null
        ? present
        : requireNonNull(
            entries.computeIfAbsent(service, name -> new Entry(config.resolve(name, Map.of()))));
  }

  /** A service's holder, and what it would hold if nobody had published anything else. */
  private static final class Entry {

    private final PublishedPolicy holder;
    private volatile Resolved resolved;
    private Map<String, OperationDefaults> contract = Map.of();

    Entry(Resolved resolved) {
      this.resolved = resolved;
      this.holder = new PublishedPolicy(resolved.policy());
    }

    void register(Map<String, OperationDefaults> next, PolicyConfig config) {
      if (!next.equals(contract)) {
        contract = next;
        resolved = config.resolve(resolved.service(), next);
        holder.publish(resolved.policy());
      }
    }

    EffectivePolicy effective() {
      return resolved.effective(holder.current());
    }
  }
}
