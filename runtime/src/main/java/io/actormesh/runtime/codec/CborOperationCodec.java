package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.actormesh.runtime.contract.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** One operation's messages and replies as CBOR. */
final class CborOperationCodec<C> implements OperationCodec<C> {
  private final Operation<C> operation;
  private final CBORFactory factory;
  private final JacksonRecord message;
  private final JacksonValue reply;

  CborOperationCodec(Operation<C> operation, CBORFactory factory) {
    JacksonValues values = new JacksonValues(Dialect.WIRE);
    this.operation = operation;
    this.factory = factory;
    this.message = values.record(operation.message());
    this.reply = operation.reply().map(values::of).orElseGet(NoReply::new);
  }

  @Override
  public ByteBuf encodeRequest(C request, ByteBufAllocator allocator, int maxBytes) {
    return encode(message, request, allocator, maxBytes);
  }

  @Override
  public ByteBuf encodeReply(Object value, ByteBufAllocator allocator, int maxBytes) {
    return encode(reply, value, allocator, maxBytes);
  }

  @Override
  public C decodeRequest(ByteBuf payload, @Nullable ActorRef<?> replyTo) {
    @Nullable Object[] fields = decode(payload, this::readFields);
    return Constructing.message(operation, fields, replyTo);
  }

  @Override
  public Object decodeReply(ByteBuf payload) {
    return decode(payload, reply::read);
  }

  private @Nullable Object[] readFields(JsonParser in) throws IOException {
    @Nullable Object[] fields = message.unread();
    message.readFields(in, fields);
    return message.settled(fields);
  }

  private ByteBuf encode(
      JacksonValue type, Object value, ByteBufAllocator allocator, int maxBytes) {
    BufferSink sink = new BufferSink(allocator, maxBytes);
    try {
      try (CBORGenerator out = factory.createGenerator(sink)) {
        out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
        type.writeWhole(out, value);
      }
      return sink.take();
    } catch (IOException | RuntimeException thrown) {
      throw FieldProblem.whileWriting(thrown).toCodecException();
    } finally {
      sink.discard();
    }
  }

  private interface Root<T> {
    T read(JsonParser in) throws IOException;
  }

  private <T> T decode(ByteBuf payload, Root<T> root) {
    return PayloadBytes.read(
        payload,
        (bytes, offset, length) -> {
          try (CBORParser in = factory.createParser(bytes, offset, length)) {
            in.nextToken();
            T value = root.read(in);
            if (in.nextToken() != null) {
              throw FieldProblem.unreadable("more bytes than its value needs");
            }
            return value;
          } catch (IOException | RuntimeException thrown) {
            throw FieldProblem.whileReading(thrown).toCodecException();
          }
        });
  }

  /** The reply of an operation that has none. */
  private static final class NoReply extends JacksonValue {
    @Override
    void write(JsonGenerator out, Object value) {
      throw FieldProblem.unwritable("a one-way operation has no reply");
    }

    @Override
    Object read(JsonParser in) {
      throw FieldProblem.unreadable("a one-way operation has no reply");
    }
  }
}
