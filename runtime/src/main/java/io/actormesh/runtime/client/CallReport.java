package io.actormesh.runtime.client;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.failure.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call took, for whoever hands one in with its {@link CallOptions}. Filled once, before the
 * call's future completes; to be read after that, by one thread.
 */
public final class CallReport {

  private int attempts;
  private List<Attempt> failed = List.of();
  private @Nullable Priority priority;
  private @Nullable String endpoint;
  private int queuedMicros;
  private int servedMicros;

  void fill(
      Priority rank,
      int tries,
      List<Attempt> failures,
      @Nullable String last,
      int queued,
      int served) {
    priority = rank;
    attempts = tries;
    failed = failures;
    endpoint = last;
    queuedMicros = queued;
    servedMicros = served;
  }

  /** The call's class; null if it was never made. */
  public @Nullable Priority priority() {
    return priority;
  }

  /** How many attempts were sent. */
  public int attempts() {
    return attempts;
  }

  /** Those that failed, in order. */
  public List<Attempt> failed() {
    return failed;
  }

  /** The endpoint of the last attempt; null if none was sent. */
  public @Nullable String endpoint() {
    return endpoint;
  }

  /** How long the last attempt waited on its node, in µs; 0 if that node did not say. */
  public int queuedMicros() {
    return queuedMicros;
  }

  /** How long the last attempt ran on its node, in µs; 0 if that node did not say. */
  public int servedMicros() {
    return servedMicros;
  }
}
