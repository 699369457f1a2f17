/**
 * How an unchanged typed actor is served: {@link io.actormesh.runtime.host.Host} takes the calls
 * that arrive, queues them beside the actors' mailboxes, runs each at most once, and ends every one
 * of them with a reply or a typed refusal.
 *
 * <p>The way of a call: {@code Host} → {@code Route} (contract check, cached) → {@code Instance}
 * (admission, queue) → a run token in the actor's mailbox → {@code CallInterceptor} (claims the
 * next call, decodes it, applies the user's behavior) → {@code ReplyRef} (encodes the reply).
 */
@NullMarked
package io.actormesh.runtime.host;

import org.jspecify.annotations.NullMarked;
