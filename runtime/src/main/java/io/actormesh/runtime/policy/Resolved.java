package io.actormesh.runtime.policy;

import io.actormesh.runtime.policy.EffectivePolicy.Level;
import io.actormesh.runtime.policy.EffectivePolicy.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What configuration and contract make of a service, with the origin of every value. */
record Resolved(String service, Layer values, Map<String, Layer> operations) {

  ServicePolicy policy() {
    Map<String, OperationPolicy> policies = new TreeMap<>();
    operations.forEach((name, layer) -> policies.put(name, layer.operationPolicy()));
    return values.servicePolicy(service, policies);
  }

  /** The values in force; one that differs from what is resolved here has been published. */
  EffectivePolicy effective(ServicePolicy inForce) {
    Map<String, Value> shown = show(PolicyKeys.SERVICE, inForce, values);
    shown.putAll(show(PolicyKeys.OPERATION, inForce.defaults(), values));
    Map<String, Map<String, Value>> shownOperations = new TreeMap<>();
    inForce
        .operations()
        .forEach(
            (name, policy) ->
                shownOperations.put(
                    name,
                    show(PolicyKeys.OPERATION, policy, operations.getOrDefault(name, values))));
    return new EffectivePolicy(service, shown, shownOperations);
  }

  private static <P> Map<String, Value> show(
      List<? extends PolicyKey<P, ?>> keys, P inForce, Layer resolved) {
    Map<String, Value> shown = new LinkedHashMap<>();
    for (PolicyKey<P, ?> key : keys) {
      Layer.Sourced sourced = resolved.sourced(key);
      boolean asResolved = sourced.value().equals(key.of(inForce));
      shown.put(
          key.path(),
          asResolved
              ? new Value(key.show(inForce), sourced.level(), sourced.origin())
              : new Value(key.show(inForce), Level.PUBLISHED, "published"));
    }
    return shown;
  }
}
