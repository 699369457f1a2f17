package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import org.jspecify.annotations.Nullable;

/** What a CALL frame says about its call, with its numbers resolved and its times on this clock. */
record CallHeader(
    long id,
    OperationKey key,
    String caller,
    int instance,
    long arrivedNanos,
    long deadlineNanos,
    int attempt,
    Priority priority,
    @Nullable TraceContext trace,
    @Nullable String identity) {}
