package io.actormesh.runtime.call;

import java.util.Optional;
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
 * @param identity on whose behalf the call is made: the user or client that the front door has
 *     authenticated, at most {@value Identity#MAX_LENGTH} characters; null if nobody was. Inherited
 *     by the calls made on behalf of this one
 */
public record CallContext(
    String service,
    String operation,
    String caller,
    Priority priority,
    long deadlineNanos,
    int attempt,
    @Nullable TraceContext trace,
    @Nullable String identity) {

  /**
   * The context of the call whose message the current thread is processing: the first thing to ask
   * in a service's receive that wants to know who calls. Empty outside of a receive, and in a test
   * that tells the actor directly. Read what is needed before the receive returns; later, {@code
   * CallContexts.of(replyTo)} finds it by the reply ref.
   */
  public static Optional<CallContext> current() {
    return Optional.ofNullable(AmbientContext.current());
  }
}
