package io.actormesh.runtime.policy;

import io.actormesh.runtime.call.Priority;
import java.time.Duration;
import java.util.Optional;

/**
 * What a contract says about one of its operations. It beats {@code services.default} and is beaten
 * by what the configuration says for the service or the operation by name.
 *
 * @param service the service's name
 * @param operation the operation's name
 * @param deadline empty if the contract leaves it open
 * @param priority empty if the contract leaves it open
 * @param idempotent {@code false} if the contract leaves it open
 */
public record OperationDefaults(
    String service,
    String operation,
    Optional<Duration> deadline,
    Optional<Priority> priority,
    boolean idempotent) {

  /** An operation whose contract leaves everything open. */
  public static OperationDefaults of(String service, String operation) {
    return new OperationDefaults(service, operation, Optional.empty(), Optional.empty(), false);
  }
}
