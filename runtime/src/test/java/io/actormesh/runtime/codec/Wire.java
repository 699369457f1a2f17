package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Sends values over an imagined wire: in direct, pooled buffers, each released. */
final class Wire {
  static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;
  static final int MAX = 1 << 20;

  private Wire() {}

  static <C> byte[] request(PayloadCodec codec, Operation<C> operation, C message) {
    return taken(codec.of(operation).encodeRequest(message, ALLOCATOR, MAX));
  }

  static <C> C request(
      PayloadCodec codec, Operation<C> operation, byte[] bytes, @Nullable ActorRef<?> replyTo) {
    ByteBuf direct = ALLOCATOR.directBuffer().writeBytes(bytes);
    try {
      return codec.of(operation).decodeRequest(direct, replyTo);
    } finally {
      direct.release();
    }
  }

  static byte[] reply(PayloadCodec codec, Operation<?> operation, Object reply) {
    return taken(codec.of(operation).encodeReply(reply, ALLOCATOR, MAX));
  }

  static Object reply(PayloadCodec codec, Operation<?> operation, byte[] bytes) {
    return codec.of(operation).decodeReply(Unpooled.wrappedBuffer(bytes));
  }

  static Object element(ElementCodec codec, Object element) {
    byte[] bytes = taken(codec.encode(element, ALLOCATOR, MAX));
    ByteBuf direct = ALLOCATOR.directBuffer().writeBytes(bytes);
    try {
      return codec.decode(direct);
    } finally {
      direct.release();
    }
  }

  private static byte[] taken(ByteBuf buffer) {
    try {
      return ByteBufUtil.getBytes(buffer);
    } finally {
      buffer.release();
    }
  }
}
