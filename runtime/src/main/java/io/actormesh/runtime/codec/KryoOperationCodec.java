package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** One operation's messages and replies with Kryo. */
final class KryoOperationCodec<C> implements OperationCodec<C> {
  private final Operation<C> operation;
  private final KryoRecord message;
  private final Optional<KryoValue> reply;

  KryoOperationCodec(Operation<C> operation) {
    KryoValues values = new KryoValues();
    this.operation = operation;
    this.message = values.record(operation.message());
    this.reply = operation.reply().map(values::of);
  }

  @Override
  public ByteBuf encodeRequest(C request, ByteBufAllocator allocator, int maxBytes) {
    return encode(message, request, allocator, maxBytes);
  }

  @Override
  public ByteBuf encodeReply(Object value, ByteBufAllocator allocator, int maxBytes) {
    KryoValue type =
        reply.orElseThrow(
            () -> FieldProblem.unwritable("a one-way operation has no reply").toCodecException());
    return encode(type, value, allocator, maxBytes);
  }

  @Override
  public C decodeRequest(ByteBuf payload, @Nullable ActorRef<?> replyTo) {
    @Nullable Object[] fields = decode(payload, message::readFields);
    return Constructing.message(operation, fields, replyTo);
  }

  @Override
  public Object decodeReply(ByteBuf payload) {
    KryoValue type =
        reply.orElseThrow(
            () -> FieldProblem.unreadable("a one-way operation has no reply").toCodecException());
    return decode(payload, (kryo, in) -> KryoCalls.read(kryo, in, type));
  }

  private static ByteBuf encode(
      KryoValue type, Object value, ByteBufAllocator allocator, int maxBytes) {
    try {
      return KryoScratch.write(type, value, allocator, maxBytes);
    } catch (RuntimeException thrown) {
      throw KryoCalls.whileWriting(thrown).toCodecException();
    }
  }

  private static <T> T decode(ByteBuf payload, KryoScratch.Reader<T> reader) {
    try {
      return PayloadBytes.read(
          payload, (bytes, offset, length) -> KryoScratch.read(bytes, offset, length, reader));
    } catch (RuntimeException thrown) {
      throw FieldProblem.whileReading(thrown).toCodecException();
    }
  }
}
