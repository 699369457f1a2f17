package io.actormesh.runtime.host;

import org.apache.pekko.actor.DeadLetterSuppression;

/**
 * What the host puts into an instance's mailbox: "run the next call". Carries nothing, so that a
 * mailbox that can be neither emptied nor reordered never holds a call. Tokens left behind by a
 * stopped instance are no news: the calls they stood for are still in the host's queue.
 */
enum RunToken implements DeadLetterSuppression {
  RUN
}
