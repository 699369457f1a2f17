package io.actormesh.runtime.host;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The run tokens of one incarnation of an instance: at most one in the mailbox per waiting call,
 * and no more than may be started now. Whoever queues a call, frees a permit or has used a token
 * asks for the next; each looks only after having published its own change, so that of two who race
 * at least one sees what the other did and no call is left without a token.
 */
final class Tokens {

  private final ActorRef<RunToken> mailbox;
  private final AtomicInteger out = new AtomicInteger();

  Tokens(ActorRef<RunToken> mailbox) {
    this.mailbox = mailbox;
  }

  /** Puts a token into the mailbox if fewer are there than are wanted. */
  void issue(int wanted) {
    int present = out.get();
    while (present < wanted) {
      if (out.compareAndSet(present, present + 1)) {
        mailbox.tell(RunToken.RUN);
        return;
      }
      present = out.get();
    }
  }

  /** A token was taken from the mailbox. */
  void used() {
    out.decrementAndGet();
  }

  int outstanding() {
    return out.get();
  }
}
