package io.actormesh.runtime.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.codec.CodecException.Problem;
import io.actormesh.runtime.codec.ElementCodec;
import io.actormesh.runtime.codec.OperationCodec;
import io.actormesh.runtime.codec.PayloadCodec;
import io.actormesh.runtime.contract.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Messages with at most one field, a string, as plain text; replies as their toString. */
final class TextCodec implements PayloadCodec {

  @Override
  public String name() {
    return "text";
  }

  @Override
  public <C> OperationCodec<C> of(Operation<C> operation) {
    return new OperationCodec<>() {
      @Override
      public ByteBuf encodeRequest(C message, ByteBufAllocator allocator, int maxBytes) {
        Object value = operation.fields().isEmpty() ? "" : operation.value(message, 0);
        return ByteBufUtil.writeUtf8(allocator, String.valueOf(value));
      }

      @Override
      public C decodeRequest(
          ByteBuf payload, @Nullable ActorRef<?> replyTo, @Nullable Source<?, NotUsed> argument) {
        String text = payload.toString(UTF_8);
        if (text.startsWith("garbage")) {
          throw new CodecException(Problem.NOT_READABLE, "field text: garbage");
        }
        Object[] values = operation.fields().isEmpty() ? new Object[0] : new Object[] {text};
        return operation.create(values, replyTo, argument);
      }

      @Override
      public ByteBuf encodeReply(Object reply, ByteBufAllocator allocator, int maxBytes) {
        String text = reply.toString();
        if (text.length() > maxBytes) {
          throw new CodecException(Problem.TOO_LARGE, "the reply has " + text.length() + " bytes");
        }
        if (text.contains("unspeakable")) {
          throw new CodecException(Problem.NOT_SERIALIZABLE, "field text: unspeakable");
        }
        return ByteBufUtil.writeUtf8(allocator, text);
      }

      @Override
      public Object decodeReply(ByteBuf payload) {
        return payload.toString(UTF_8);
      }

      @Override
      public ElementCodec replyElements() {
        return elements();
      }

      @Override
      public ElementCodec argumentElements() {
        return elements();
      }

      private ElementCodec elements() {
        OperationCodec<C> texts = this;
        return new ElementCodec() {
          @Override
          public ByteBuf encode(Object element, ByteBufAllocator allocator, int maxBytes) {
            return texts.encodeReply(element, allocator, maxBytes);
          }

          @Override
          public Object decode(ByteBuf bytes) {
            return texts.decodeReply(bytes);
          }
        };
      }
    };
  }
}
