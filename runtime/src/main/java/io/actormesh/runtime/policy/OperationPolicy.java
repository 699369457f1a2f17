package io.actormesh.runtime.policy;

import io.actormesh.runtime.call.Priority;
import java.time.Duration;

/**
 * The effective settings of one operation.
 *
 * @param deadline how long a call may take unless its caller says otherwise or has less left
 * @param priority the class of its calls unless the caller says otherwise
 * @param idempotent whether running it twice does no harm; only then is a call repeated that may
 *     have run
 * @param maxAttempts how many endpoints a call may be tried at, 1 = never again
 */
public record OperationPolicy(
    Duration deadline, Priority priority, boolean idempotent, int maxAttempts) {}
