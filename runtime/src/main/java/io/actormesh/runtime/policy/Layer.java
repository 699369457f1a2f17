package io.actormesh.runtime.policy;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.config.StrictConfig;
import io.actormesh.runtime.policy.EffectivePolicy.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Some settings with their origins, to be laid over others. Immutable. */
final class Layer {

  static final Layer EMPTY = new Layer(Map.of());

  private final Map<PolicyKey<?, ?>, Sourced> values;

  private Layer(Map<PolicyKey<?, ?>, Sourced> values) {
    this.values = Map.copyOf(values);
  }

  /** A value and where it comes from. */
  record Sourced(Object value, Level level, String origin) {}

  /** Reads the keys that are there; the lowest layer must have them all. */
  static Layer read(StrictConfig section, Collection<? extends PolicyKey<?, ?>> keys, Level level) {
    Map<PolicyKey<?, ?>, Sourced> values = new HashMap<>();
    for (PolicyKey<?, ?> key : keys) {
      boolean present = section.has(key.path());
      if (present || level == Level.DEFAULT) {
        Object value = requireNonNull(key.read(section));
        values.put(key, new Sourced(value, level, section.origin(key.path())));
      }
      section.declare(key.path());
    }
    return new Layer(values);
  }

  /** What a contract says. */
  static Layer of(OperationDefaults contract) {
    Map<PolicyKey<?, ?>, Sourced> values = new HashMap<>();
    contract.deadline().ifPresent(value -> put(values, PolicyKeys.DEADLINE, value));
    contract.priority().ifPresent(value -> put(values, PolicyKeys.PRIORITY, value));
    if (contract.idempotent()) {
      put(values, PolicyKeys.IDEMPOTENT, true);
    }
    return new Layer(values);
  }

  private static <T> void put(
      Map<PolicyKey<?, ?>, Sourced> values, PolicyKey<?, T> key, Object value) {
    values.put(key, new Sourced(value, Level.CONTRACT, "contract"));
  }

  /** This layer, and what it leaves open from the one below. */
  Layer over(Layer below) {
    Map<PolicyKey<?, ?>, Sourced> merged = new HashMap<>(below.values);
    merged.putAll(values);
    return new Layer(merged);
  }

  boolean has(PolicyKey<?, ?> key) {
    return values.containsKey(key);
  }

  Sourced sourced(PolicyKey<?, ?> key) {
    return requireNonNull(values.get(key), key.path());
  }

  @SuppressWarnings("unchecked") // only the key's own reader put the value there
  <T> T get(PolicyKey<?, T> key) {
    return (T) sourced(key).value();
  }

  ServicePolicy servicePolicy(String service, Map<String, OperationPolicy> operations) {
    return new ServicePolicy(
        service,
        get(PolicyKeys.CODEC),
        get(PolicyKeys.EXECUTION),
        get(PolicyKeys.INSTANCES),
        Math.toIntExact(get(PolicyKeys.MAX_PAYLOAD)),
        new ServicePolicy.Balance(get(PolicyKeys.BALANCE_ALGORITHM)),
        new ServicePolicy.Throttle(
            get(PolicyKeys.CALLER_IN_FLIGHT),
            get(PolicyKeys.INSTANCE_IN_FLIGHT),
            get(PolicyKeys.QUEUE),
            get(PolicyKeys.QUEUE_BYTES),
            get(PolicyKeys.INSTANCE_STREAMS),
            get(PolicyKeys.MOVING_CALLS)),
        new ServicePolicy.Restart(get(PolicyKeys.MIN_BACKOFF), get(PolicyKeys.MAX_BACKOFF)),
        operationPolicy(),
        operations);
  }

  OperationPolicy operationPolicy() {
    return new OperationPolicy(
        get(PolicyKeys.DEADLINE),
        get(PolicyKeys.PRIORITY),
        get(PolicyKeys.IDEMPOTENT),
        get(PolicyKeys.MAX_ATTEMPTS));
  }
}
