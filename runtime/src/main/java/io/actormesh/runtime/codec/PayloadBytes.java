package io.actormesh.runtime.codec;

import io.netty.buffer.ByteBuf;

/**
 * Gives a decoder the bytes of a payload as an array: the buffer's own if it has one, else a copy
 * in an array that the thread keeps for the next one.
 */
final class PayloadBytes {
  private static final int LARGEST_KEPT = 64 * 1024;
  private static final ThreadLocal<PayloadBytes> OF_THREAD =
      ThreadLocal.withInitial(PayloadBytes::new);

  private byte[] kept = new byte[1024];
  private boolean lent;

  private PayloadBytes() {}

  /** What is done with the bytes. */
  interface Reader<T> {
    T read(byte[] bytes, int offset, int length);
  }

  /** The bytes are the reader's only until it returns. */
  static <T> T read(ByteBuf payload, Reader<T> reader) {
    int length = payload.readableBytes();
    return payload.hasArray()
        ? reader.read(payload.array(), payload.arrayOffset() + payload.readerIndex(), length)
        : OF_THREAD.get().readCopy(payload, length, reader);
  }

  private <T> T readCopy(ByteBuf payload, int length, Reader<T> reader) {
    // Lent already: a record's constructor decodes something in turn.
    if (length > LARGEST_KEPT || lent) {
      byte[] copy = new byte[length];
      payload.getBytes(payload.readerIndex(), copy, 0, length);
      return reader.read(copy, 0, length);
    }
    if (length > kept.length) {
      kept = new byte[Integer.highestOneBit(length - 1) * 2];
    }
    lent = true;
    try {
      payload.getBytes(payload.readerIndex(), kept, 0, length);
      return reader.read(kept, 0, length);
    } finally {
      lent = false;
    }
  }
}
