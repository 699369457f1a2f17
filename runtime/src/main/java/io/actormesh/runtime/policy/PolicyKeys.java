package io.actormesh.runtime.policy;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.config.StrictConfig;
import io.actormesh.runtime.config.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Every setting of a policy, with its range. Defaults are in reference.conf. */
final class PolicyKeys {

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final int MAX_CALLS = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);

  static final PolicyKey<ServicePolicy, String> CODEC =
      word("codec", ServicePolicy::codec, "cbor", "kryo");
  static final PolicyKey<ServicePolicy, ExecutionModel> EXECUTION =
      constant("execution", ServicePolicy::execution, ExecutionModel.class);
  static final PolicyKey<ServicePolicy, Integer> INSTANCES =
      number("instances", ServicePolicy::instances, 1024);
  static final PolicyKey<ServicePolicy, Long> MAX_PAYLOAD =
      size("max-payload", policy -> (long) policy.maxPayload(), 64 * MIB);
  static final PolicyKey<ServicePolicy, String> BALANCE_ALGORITHM =
      word("balance.algorithm", p -> p.balance().algorithm(), "power-of-two-choices");
  static final PolicyKey<ServicePolicy, Integer> CALLER_IN_FLIGHT =
      number("throttle.caller-in-flight", p -> p.throttle().callerInFlight(), MAX_CALLS);
  static final PolicyKey<ServicePolicy, Integer> INSTANCE_IN_FLIGHT =
      number("throttle.instance-in-flight", p -> p.throttle().instanceInFlight(), MAX_CALLS);
  static final PolicyKey<ServicePolicy, Integer> QUEUE =
      number("throttle.queue", p -> p.throttle().queue(), MAX_CALLS);
  static final PolicyKey<ServicePolicy, Long> QUEUE_BYTES =
      size("throttle.queue-bytes", p -> p.throttle().queueBytes(), 4096 * MIB);
  static final PolicyKey<ServicePolicy, Integer> INSTANCE_STREAMS =
      number("throttle.instance-streams", p -> p.throttle().instanceStreams(), MAX_CALLS);
  static final PolicyKey<ServicePolicy, Integer> MOVING_CALLS =
      number("throttle.moving-calls", p -> p.throttle().movingCalls(), MAX_CALLS);
  static final PolicyKey<ServicePolicy, Duration> MIN_BACKOFF =
      time("restart.min-backoff", p -> p.restart().minBackoff(), Duration.ofMinutes(10));
  static final PolicyKey<ServicePolicy, Duration> MAX_BACKOFF =
      time("restart.max-backoff", p -> p.restart().maxBackoff(), Duration.ofMinutes(10));

  static final PolicyKey<OperationPolicy, Duration> DEADLINE =
      time("deadline", OperationPolicy::deadline, Duration.ofHours(24));
  static final PolicyKey<OperationPolicy, Priority> PRIORITY =
      constant("priority", OperationPolicy::priority, Priority.class);
  static final PolicyKey<OperationPolicy, Boolean> IDEMPOTENT =
      new PolicyKey<>("idempotent", StrictConfig::flag, OperationPolicy::idempotent, on -> on);
  static final PolicyKey<OperationPolicy, Integer> MAX_ATTEMPTS =
      number("max-attempts", OperationPolicy::maxAttempts, 10);

  /** What holds for a service as a whole. */
  static final List<PolicyKey<ServicePolicy, ?>> SERVICE =
      List.of(
          CODEC,
          EXECUTION,
          INSTANCES,
          MAX_PAYLOAD,
          BALANCE_ALGORITHM,
          CALLER_IN_FLIGHT,
          INSTANCE_IN_FLIGHT,
          QUEUE,
          QUEUE_BYTES,
          INSTANCE_STREAMS,
          MOVING_CALLS,
          MIN_BACKOFF,
          MAX_BACKOFF);

  /** What can differ from operation to operation. */
  static final List<PolicyKey<OperationPolicy, ?>> OPERATION =
      List.of(DEADLINE, PRIORITY, IDEMPOTENT, MAX_ATTEMPTS);

  private PolicyKeys() {}

  private static <P> PolicyKey<P, Integer> number(
      String path, Function<P, Integer> holder, int max) {
    return new PolicyKey<>(
        path, (section, key) -> section.integer(key, 1, max), holder, number -> number);
  }

  private static <P> PolicyKey<P, Long> size(String path, Function<P, Long> holder, long max) {
    return new PolicyKey<>(
        path, (section, key) -> section.bytes(key, KIB, max), holder, Units::showBytes);
  }

  private static <P> PolicyKey<P, Duration> time(
      String path, Function<P, Duration> holder, Duration max) {
    return new PolicyKey<>(
        path, (section, key) -> section.duration(key, SHORTEST, max), holder, Units::show);
  }

  private static <P> PolicyKey<P, String> word(
      String path, Function<P, String> holder, String... words) {
    Map<String, String> choices = new TreeMap<>();
    for (String word : words) {
      choices.put(word, word);
    }
    return new PolicyKey<>(
        path, (section, key) -> section.choice(key, choices), holder, word -> word);
  }

  private static <P, E extends Enum<E>> PolicyKey<P, E> constant(
      String path, Function<P, E> holder, Class<E> type) {
    return new PolicyKey<>(path, (section, key) -> section.choice(key, type), holder, Names::of);
  }
}
