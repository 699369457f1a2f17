package io.actormesh.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * What a running call knows about itself, and what the calls made on its behalf inherit.
 *
 * @param service the service that is being called; empty at the edge of the mesh
 * @param operation the operation that is being called; empty at the edge of the mesh
 * @param caller who called: the name of the calling service, or of the calling node
 * @param priority the call's class under overload
 * @param deadlineNanos when the caller stops waiting, on this node's {@link Ticker}
 * @param attempt 1 for the first attempt, then 2, 3, …
 * @param trace where the call stands in its trace, or null if it is not traced
 */
public record CallContext(
    String service,
    String operation,
    String caller,
    Priority priority,
    long deadlineNanos,
    int attempt,
    @Nullable TraceContext trace) {}
