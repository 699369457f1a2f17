package io.actormesh.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * The context of the call whose message the current thread is processing. Set by the host around
 * the user's receive, so that a client used inside it inherits deadline, priority and trace. It
 * ends when receive returns: later (after {@code pipeToSelf} or {@code ask}) name the call
 * explicitly with {@code client.onBehalfOf(replyTo)}.
 */
public final class AmbientContext {

  private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

  private AmbientContext() {}

  /** The context of the call being processed on this thread, or null outside of a receive. */
  public static @Nullable CallContext current() {
    return CURRENT.get();
  }

  /** Enters a call; hand the returned value to {@link #leave} in a finally block. */
  public static @Nullable CallContext enter(CallContext context) {
    CallContext before = CURRENT.get();
    CURRENT.set(context);
    return before;
  }

  /** Restores what was current before {@link #enter}. */
  public static void leave(@Nullable CallContext before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }
}
