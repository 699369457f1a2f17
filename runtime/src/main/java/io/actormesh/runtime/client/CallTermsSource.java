package io.actormesh.runtime.client;

import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.call.Priority;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about the terms of its calls.
 *
 * @param deadline how long calls may take, null = as the policy says
 * @param priority their class, null = as the context or the policy says
 * @param context the call on whose behalf they are made, null = the one being received, if any
 * @param detached whether calls may outlive that call
 */
record CallTermsSource(
    @Nullable Duration deadline,
    @Nullable Priority priority,
    @Nullable CallContext context,
    boolean detached) {

  static final CallTermsSource DEFAULT = new CallTermsSource(null, null, null, false);

  CallTermsSource withDeadline(Duration changed) {
    return new CallTermsSource(positive(changed), priority, context, detached);
  }

  CallTermsSource withPriority(Priority changed) {
    return new CallTermsSource(deadline, changed, context, detached);
  }

  CallTermsSource onBehalfOf(CallContext changed) {
    return new CallTermsSource(deadline, priority, changed, detached);
  }

  CallTermsSource detachedFor(Duration changed) {
    return new CallTermsSource(positive(changed), priority, context, true);
  }

  private static Duration positive(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline: " + deadline + " (expected: > 0)");
    }
    return deadline;
  }
}
