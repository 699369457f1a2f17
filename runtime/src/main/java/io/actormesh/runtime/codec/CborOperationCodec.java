package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.Shape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** One operation's messages and replies as CBOR. */
final class CborOperationCodec<C> implements OperationCodec<C> {
  private static final String NO_REPLY =
      "an operation that is one-way, or replies a stream, has no such reply";

  private final Operation<C> operation;
  private final CBORFactory factory;
  private final JacksonRecord message;
  private final JacksonValue reply;
  private final ElementCodec replyElements;
  private final ElementCodec argumentElements;

  CborOperationCodec(Operation<C> operation, CBORFactory factory) {
    JacksonValues values = new JacksonValues(Dialect.WIRE);
    this.operation = operation;
    this.factory = factory;
    this.message = values.record(operation.message());
    this.reply = operation.reply().map(values::of).orElseGet(() -> new Refused(NO_REPLY));
    this.replyElements = elements(values, operation.replyElement(), "the reply is no stream");
    this.argumentElements = elements(values, operation.argumentElement(), "it takes no stream");
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
  public C decodeRequest(
      ByteBuf payload, @Nullable ActorRef<?> replyTo, @Nullable Source<?, NotUsed> argument) {
    @Nullable Object[] fields = decode(payload, this::readFields);
    return Constructing.message(operation, fields, replyTo, argument);
  }

  @Override
  public Object decodeReply(ByteBuf payload) {
    return decode(payload, reply::read);
  }

  @Override
  public ElementCodec replyElements() {
    return replyElements;
  }

  @Override
  public ElementCodec argumentElements() {
    return argumentElements;
  }

  private ElementCodec elements(JacksonValues values, Optional<Shape> element, String otherwise) {
    return new Elements(element.map(values::of).orElseGet(() -> new Refused(otherwise)));
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

  private final class Elements implements ElementCodec {
    private final JacksonValue type;

    Elements(JacksonValue type) {
      this.type = type;
    }

    @Override
    public ByteBuf encode(Object element, ByteBufAllocator allocator, int maxBytes) {
      return CborOperationCodec.this.encode(type, element, allocator, maxBytes);
    }

    @Override
    public Object decode(ByteBuf bytes) {
      return CborOperationCodec.this.decode(bytes, type::read);
    }
  }

  /** A value that the operation does not have. */
  private static final class Refused extends JacksonValue {
    private final String why;

    Refused(String why) {
      this.why = why;
    }

    @Override
    void write(JsonGenerator out, Object value) {
      throw FieldProblem.unwritable(why);
    }

    @Override
    Object read(JsonParser in) {
      throw FieldProblem.unreadable(why);
    }
  }
}
