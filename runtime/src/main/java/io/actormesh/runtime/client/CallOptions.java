package io.actormesh.runtime.client;

import io.actormesh.runtime.call.Identity;
import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call is given beyond its message; null leaves the choice to the context and the policy.
 *
 * @param deadline how long the call may take
 * @param priority its class under overload
 * @param caller who calls, when it is not the service or node itself
 * @param trace the trace that the call belongs to
 * @param identity on whose behalf the call is made, as {@link
 *     io.actormesh.runtime.call.CallContext#identity} has it; null = as the context says
 * @param inline whether the future completes on the link's thread at once, for code that neither
 *     blocks nor computes long, instead of on the mesh's executor
 * @param report is told what the call took
 */
public record CallOptions(
    @Nullable Duration deadline,
    @Nullable Priority priority,
    @Nullable String caller,
    @Nullable TraceContext trace,
    @Nullable String identity,
    boolean inline,
    @Nullable CallReport report) {

  public CallOptions {
    if (identity != null) {
      Identity.require(identity);
    }
  }

  /** Everything left to context and policy. */
  public static final CallOptions DEFAULT =
      new CallOptions(null, null, null, null, null, false, null);
}
