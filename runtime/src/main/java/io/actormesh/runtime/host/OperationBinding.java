package io.actormesh.runtime.host;

import io.actormesh.runtime.codec.OperationCodec;
import io.actormesh.runtime.contract.Operation;
import io.netty.buffer.ByteBuf;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** An operation with the codec its callers use. Made once per pair; thread-safe. */
final class OperationBinding<C> {

  private final Operation<C> operation;
  private final OperationCodec<C> codec;
  private final ReplySender replies;

  OperationBinding(Operation<C> operation, OperationCodec<C> codec) {
    this.operation = operation;
    this.codec = codec;
    this.replies = new ReplySender(operation, codec);
  }

  String name() {
    return operation.name();
  }

  boolean oneWay() {
    return operation.oneWay();
  }

  ReplySender replies() {
    return replies;
  }

  /**
   * The message that a call brings, with the given reply ref in it.
   *
   * @param body its encoded message, which is released whatever happens, or the message itself
   */
  C message(Object body, @Nullable ActorRef<?> replyTo) {
    if (!(body instanceof ByteBuf payload)) {
      return localMessage(body, replyTo);
    }
    try {
      return codec.decodeRequest(payload, replyTo);
    } finally {
      payload.release();
    }
  }

  private C localMessage(Object body, @Nullable ActorRef<?> replyTo) {
    C message = operation.messageType().cast(body);
    return replyTo == null ? message : operation.withReplyTo(message, replyTo);
  }
}
