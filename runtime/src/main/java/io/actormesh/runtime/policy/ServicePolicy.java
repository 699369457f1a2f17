package io.actormesh.runtime.policy;

import java.time.Duration;
import java.util.Map;

/**
 * The effective settings of one service on this node. Immutable; a change publishes a new one.
 *
 * @param service the service's name
 * @param codec {@code cbor} or {@code kryo}: how this node encodes its requests to the service
 * @param execution which threads run the instances hosted here
 * @param instances how many instances this node hosts, 1 to 1024
 * @param maxPayload the largest encoded request or reply in bytes
 * @param balance how an endpoint is chosen
 * @param throttle the limits, at the caller and at the instance
 * @param restart how a failed instance is replaced
 * @param defaults the policy of an operation that has none of its own
 * @param operations the policies of operations that differ from {@code defaults}, by name
 */
public record ServicePolicy(
    String service,
    String codec,
    ExecutionModel execution,
    int instances,
    int maxPayload,
    Balance balance,
    Throttle throttle,
    Restart restart,
    OperationPolicy defaults,
    Map<String, OperationPolicy> operations) {

  public ServicePolicy {
    operations = Map.copyOf(operations);
  }

  /** The policy of an operation. */
  public OperationPolicy operation(String name) {
    OperationPolicy own = operations.get(name);
    return own == null ? defaults : own;
  }

  /**
   * How an endpoint is chosen.
   *
   * @param algorithm the balancer's name, {@code power-of-two-choices}
   */
  public record Balance(String algorithm) {}

  /**
   * The limits of a service.
   *
   * @param callerInFlight calls this node may have in flight to the service, as a caller
   * @param instanceInFlight calls an instance may have started and not answered
   * @param queue calls that may wait for an instance
   * @param queueBytes bytes of encoded requests that may wait for an instance
   * @param instanceStreams streams that an instance may have open, sent and received together
   * @param movingCalls calls that may wait on this node, as a caller, while a single instance moves
   */
  public record Throttle(
      int callerInFlight,
      int instanceInFlight,
      int queue,
      long queueBytes,
      int instanceStreams,
      int movingCalls) {}

  /**
   * How a failed instance is replaced: after {@code minBackoff}, doubled with each failure in a row
   * up to {@code maxBackoff}, and reset after it has lived for {@code maxBackoff}.
   */
  public record Restart(Duration minBackoff, Duration maxBackoff) {}
}
