package io.actormesh.runtime.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages and replies of one operation into bytes and back. Made once per operation and
 * codec; thread-safe. Reply ref and streamed argument are never encoded: they are left out, and
 * supplied when decoding.
 *
 * @param <C> the service's protocol
 */
public interface OperationCodec<C> {

  /**
   * Encodes a message without its reply ref.
   *
   * @return a buffer that the caller owns
   * @throws CodecException if a value cannot be encoded, or the result exceeds {@code maxBytes}
   */
  ByteBuf encodeRequest(C message, ByteBufAllocator allocator, int maxBytes);

  /**
   * Decodes a message. Reads the buffer from its reader index; does not release it.
   *
   * @param replyTo the reply ref to put into the message; null for a one-way operation
   * @throws CodecException if the bytes are no such message; names the field
   */
  default C decodeRequest(ByteBuf payload, @Nullable ActorRef<?> replyTo) {
    return decodeRequest(payload, replyTo, null);
  }

  /**
   * Decodes a message that takes a stream.
   *
   * @param replyTo the reply ref to put into the message; null for a one-way operation
   * @param argument the stream to put into the message; null if the operation takes none
   * @throws CodecException if the bytes are no such message; names the field
   */
  C decodeRequest(
      ByteBuf payload, @Nullable ActorRef<?> replyTo, @Nullable Source<?, NotUsed> argument);

  /** Encodes a reply value (the value inside, for a {@code StatusReply}). */
  ByteBuf encodeReply(Object reply, ByteBufAllocator allocator, int maxBytes);

  /** Decodes a reply value. Does not release the buffer. */
  Object decodeReply(ByteBuf payload);

  /** The elements of a reply that is a stream; refuses every element if the reply is none. */
  ElementCodec replyElements();

  /** The elements of a streamed argument; refuses every element if the operation takes none. */
  ElementCodec argumentElements();
}
