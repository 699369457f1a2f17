package io.actormesh.runtime.contract;

/** What an operation answers with. */
public enum ReplyKind {
  /** Nothing: the message has no {@code ActorRef} component, the operation is one-way. */
  NONE,
  /** A reply {@code R}: the message has a component {@code ActorRef<R>}. */
  PLAIN,
  /** A reply or an error: the message has a component {@code ActorRef<StatusReply<R>>}. */
  STATUS
}
