package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.Shape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** One operation's messages and replies with Kryo. */
final class KryoOperationCodec<C> implements OperationCodec<C> {
  private final Operation<C> operation;
  private final KryoRecord message;
  private final ElementCodec reply;
  private final ElementCodec replyElements;
  private final ElementCodec argumentElements;

  KryoOperationCodec(Operation<C> operation) {
    KryoValues values = new KryoValues();
    this.operation = operation;
    this.message = values.record(operation.message());
    this.reply =
        of(
            values,
            operation.reply(),
            "an operation that is one-way, or replies a stream, has no such reply");
    this.replyElements = of(values, operation.replyElement(), "the reply is no stream");
    this.argumentElements = of(values, operation.argumentElement(), "it takes no stream");
  }

  @Override
  public ByteBuf encodeRequest(C request, ByteBufAllocator allocator, int maxBytes) {
    return encode(message, request, allocator, maxBytes);
  }

  @Override
  public ByteBuf encodeReply(Object value, ByteBufAllocator allocator, int maxBytes) {
    return reply.encode(value, allocator, maxBytes);
  }

  @Override
  public C decodeRequest(
      ByteBuf payload, @Nullable ActorRef<?> replyTo, @Nullable Source<?, NotUsed> argument) {
    @Nullable Object[] fields = decode(payload, message::readFields);
    return Constructing.message(operation, fields, replyTo, argument);
  }

  @Override
  public Object decodeReply(ByteBuf payload) {
    return reply.decode(payload);
  }

  @Override
  public ElementCodec replyElements() {
    return replyElements;
  }

  @Override
  public ElementCodec argumentElements() {
    return argumentElements;
  }

  private static ElementCodec of(KryoValues values, Optional<Shape> shape, String otherwise) {
    return shape
        .<ElementCodec>map(present -> new Whole(values.of(present)))
        .orElseGet(() -> new Refused(otherwise));
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

  /** A value that stands on its own. */
  private record Whole(KryoValue type) implements ElementCodec {
    @Override
    public ByteBuf encode(Object element, ByteBufAllocator allocator, int maxBytes) {
      return KryoOperationCodec.encode(type, element, allocator, maxBytes);
    }

    @Override
    public Object decode(ByteBuf bytes) {
      return KryoOperationCodec.decode(bytes, (kryo, in) -> KryoCalls.read(kryo, in, type));
    }
  }

  /** A value that the operation does not have. */
  private record Refused(String why) implements ElementCodec {
    @Override
    public ByteBuf encode(Object element, ByteBufAllocator allocator, int maxBytes) {
      throw FieldProblem.unwritable(why).toCodecException();
    }

    @Override
    public Object decode(ByteBuf bytes) {
      throw FieldProblem.unreadable(why).toCodecException();
    }
  }
}
