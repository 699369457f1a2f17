package io.actormesh.runtime.host;

import io.actormesh.runtime.call.CallContext;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Finds the call that a reply ref belongs to. */
public final class CallContexts {

  private CallContexts() {}

  /**
   * The context of the call that the ref answers, also after the call has ended; empty if it is no
   * reply ref of a call served by this process.
   */
  public static Optional<CallContext> of(ActorRef<?> replyTo) {
    return Adapter.toClassic(replyTo) instanceof ReplyRef ref
        ? Optional.of(ref.context())
        : Optional.empty();
  }
}
