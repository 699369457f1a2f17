package io.actormesh.runtime.host;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.codec.OperationCodec;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.stream.MeshSources;
import io.actormesh.runtime.stream.StreamLife;
import io.actormesh.runtime.stream.StreamRunner;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
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

  /** Whether its calls bring or are answered with a stream. */
  boolean streams() {
    return operation.streamsReply() || operation.streamsArgument();
  }

  boolean takesStream() {
    return operation.streamsArgument();
  }

  ReplySender replies() {
    return replies;
  }

  /** The stream that a call brings, as the service reads it. */
  Source<Object, NotUsed> argument(
      InboundCall call,
      Object body,
      StreamLife life,
      StreamRunner runner,
      Function<StreamFailure, MeshFailure> failures) {
    return call.local()
        ? MeshSources.read(
            requireNonNull(operation.argument(operation.messageType().cast(body))),
            life,
            runner,
            failures)
        : MeshSources.received(call.argument(), codec.argumentElements(), life, failures);
  }

  /**
   * The message that a call brings, with the given reply ref and stream in it.
   *
   * @param body its encoded message, which is released whatever happens, or the message itself
   */
  C message(
      Object body, @Nullable ActorRef<?> replyTo, @Nullable Source<Object, NotUsed> argument) {
    if (!(body instanceof ByteBuf payload)) {
      return localMessage(body, replyTo, argument);
    }
    try {
      return codec.decodeRequest(payload, replyTo, argument);
    } finally {
      payload.release();
    }
  }

  private C localMessage(
      Object body, @Nullable ActorRef<?> replyTo, @Nullable Source<Object, NotUsed> argument) {
    C message = operation.messageType().cast(body);
    C streamed = argument == null ? message : operation.withArgument(message, argument);
    return replyTo == null ? streamed : operation.withReplyTo(streamed, replyTo);
  }
}
