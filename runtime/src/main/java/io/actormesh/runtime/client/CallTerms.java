package io.actormesh.runtime.client;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.policy.OperationPolicy;
import io.actormesh.runtime.policy.ServicePolicy;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one call: what its caller, the context it is made in, and the policy come to.
 *
 * @param nowNanos when it was made
 * @param deadlineNanos when its caller stops waiting
 * @param identity on whose behalf it is made, or null
 */
record CallTerms(
    String caller,
    Priority priority,
    long nowNanos,
    long deadlineNanos,
    @Nullable TraceContext trace,
    @Nullable String identity,
    ServicePolicy service,
    OperationPolicy policy) {}
