package io.actormesh.runtime.policy;

import io.actormesh.runtime.config.StrictConfig;
import io.actormesh.runtime.policy.EffectivePolicy.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the configuration says about one service by name. Immutable. */
final class ServiceLayers {

  static final List<PolicyKey<?, ?>> KEYS = keys();

  private final Layer service;
  private final Map<String, Layer> operations;

  private ServiceLayers(Layer service, Map<String, Layer> operations) {
    this.service = service;
    this.operations = operations;
  }

  static ServiceLayers none() {
    return new ServiceLayers(Layer.EMPTY, Map.of());
  }

  static ServiceLayers read(StrictConfig section) {
    Layer service = Layer.read(section, KEYS, Level.SERVICE);
    Map<String, Layer> operations = new TreeMap<>();
    StrictConfig byName = section.section("operations");
    for (String name : byName.names()) {
      StrictConfig operation = byName.section(name);
      operations.put(name, Layer.read(operation, PolicyKeys.OPERATION, Level.OPERATION));
    }
    return new ServiceLayers(service, operations);
  }

  Layer service() {
    return service;
  }

  /** The layers of a service resolved: the configuration by name, the contract, the defaults. */
  Resolved resolve(String name, Layer defaults, Map<String, OperationDefaults> contract) {
    Set<String> names = new TreeSet<>(operations.keySet());
    names.addAll(contract.keySet());
    Map<String, Layer> resolved = new TreeMap<>();
    for (String operation : names) {
      OperationDefaults said = contract.get(operation);
      Layer own = operations.getOrDefault(operation, Layer.EMPTY);
      Layer fromContract = said == null ? Layer.EMPTY : Layer.of(said);
      resolved.put(operation, own.over(service).over(fromContract).over(defaults));
    }
    return new Resolved(name, service.over(defaults), Collections.unmodifiableMap(resolved));
  }

  /** The operations that the configuration names. */
  Set<String> operations() {
    return operations.keySet();
  }

  private static List<PolicyKey<?, ?>> keys() {
    List<PolicyKey<?, ?>> keys = new ArrayList<>(PolicyKeys.SERVICE);
    keys.addAll(PolicyKeys.OPERATION);
    return List.copyOf(keys);
  }
}
