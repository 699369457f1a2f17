package io.actormesh.runtime.failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every failure carries.
 *
 * @param code the stable code
 * @param service the service called, or empty
 * @param operation the operation called, or empty
 * @param message what exactly happened, one sentence
 * @param attempts the tries made, in order
 * @param started whether the work was begun, over all attempts
 * @param retryAfterOrNull the server's hint when to come back
 */
public record FailureDetail(
    FailureCode code,
    String service,
    String operation,
    String message,
    List<Attempt> attempts,
    Started started,
    @Nullable Duration retryAfterOrNull) {

  public FailureDetail {
    attempts = List.copyOf(attempts);
  }

  /** A failure without attempts. */
  public static FailureDetail of(
      FailureCode code, String service, String operation, String message) {
    return new FailureDetail(code, service, operation, message, List.of(), code.started(), null);
  }

  /** The server's hint when to come back. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfterOrNull);
  }
}
