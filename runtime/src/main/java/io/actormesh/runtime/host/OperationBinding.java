package io.actormesh.runtime.host;

import io.actormesh.runtime.codec.OperationCodec;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.link.InboundCall;
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
   * The message that the call brings, with the given reply ref in it. Releases the payload,
   * whatever happens.
   */
  C message(InboundCall call, @Nullable ActorRef<?> replyTo) {
    if (call.local()) {
      return localMessage(call, replyTo);
    }
    ByteBuf payload = call.takePayload();
    try {
      return codec.decodeRequest(payload, replyTo);
    } finally {
      payload.release();
    }
  }

  private C localMessage(InboundCall call, @Nullable ActorRef<?> replyTo) {
    C message = operation.messageType().cast(call.localMessage());
    return replyTo == null ? message : operation.withReplyTo(message, replyTo);
  }
}
