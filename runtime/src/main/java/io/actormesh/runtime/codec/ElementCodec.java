package io.actormesh.runtime.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Turns the elements of one stream into bytes and back. Thread-safe. */
public interface ElementCodec {

  /**
   * Encodes an element.
   *
   * @return a buffer that the caller owns; it may be empty
   * @throws CodecException if a value cannot be encoded, or the result exceeds {@code maxBytes}
   */
  ByteBuf encode(Object element, ByteBufAllocator allocator, int maxBytes);

  /**
   * Decodes an element. Reads the buffer from its reader index; does not release it.
   *
   * @throws CodecException if the bytes are no such element; names the field
   */
  Object decode(ByteBuf bytes);
}
