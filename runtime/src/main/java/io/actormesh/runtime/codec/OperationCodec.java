package io.actormesh.runtime.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages and replies of one operation into bytes and back. Made once per operation and
 * codec; thread-safe. The reply ref is never encoded: it is left out and supplied when decoding.
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
  C decodeRequest(ByteBuf payload, @Nullable ActorRef<?> replyTo);

  /** Encodes a reply value (the value inside, for a {@code StatusReply}). */
  ByteBuf encodeReply(Object reply, ByteBufAllocator allocator, int maxBytes);

  /** Decodes a reply value. Does not release the buffer. */
  Object decodeReply(ByteBuf payload);
}
