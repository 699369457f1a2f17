package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A thread's Kryo and its buffers, for Kryo is not thread-safe. No class is registered with it and
 * registration is required: whatever would read a class from the wire fails. Types are known from
 * the contract, and subtypes by the numbers that it gives them.
 */
final class KryoScratch {
  private static final int MAX_DEPTH = 300;
  private static final int INITIAL_BYTES = 512;
  private static final int LARGEST_KEPT = 64 * 1024;
  private static final ThreadLocal<KryoScratch> OF_THREAD =
      ThreadLocal.withInitial(KryoScratch::new);

  private final Kryo kryo = new Kryo();
  private final Input input = new Input();
  private final Output output = new Output();
  private byte[] kept = new byte[INITIAL_BYTES];
  private boolean inUse;

  private KryoScratch() {
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.setMaxDepth(MAX_DEPTH);
  }

  /** What is done with the input. */
  interface Reader<T> {
    T read(Kryo kryo, Input input);
  }

  static <T> T read(byte[] bytes, int offset, int length, Reader<T> reader) {
    return free().reading(bytes, offset, length, reader);
  }

  static ByteBuf write(KryoValue type, Object value, ByteBufAllocator allocator, int maxBytes) {
    return free().writing(type, value, allocator, maxBytes);
  }

  /** The thread's own, or another if a record's constructor or accessor uses a codec in turn. */
  private static KryoScratch free() {
    KryoScratch own = OF_THREAD.get();
    return own.inUse ? new KryoScratch() : own;
  }

  private <T> T reading(byte[] bytes, int offset, int length, Reader<T> reader) {
    inUse = true;
    try {
      input.setBuffer(bytes, offset, length);
      T read = reader.read(kryo, input);
      if (input.position() != offset + length) {
        throw FieldProblem.unreadable("more bytes than its value needs");
      }
      return read;
    } finally {
      // The bytes belong to a payload that may be released or used again.
      input.setBuffer(kept, 0, 0);
      inUse = false;
    }
  }

  private ByteBuf writing(KryoValue type, Object value, ByteBufAllocator allocator, int maxBytes) {
    inUse = true;
    try {
      output.setBuffer(kept, Math.max(maxBytes, kept.length));
      KryoCalls.write(kryo, output, type, value);
      int length = output.position();
      if (length > maxBytes) {
        throw BufferSink.tooLarge(maxBytes);
      }
      byte[] written = output.getBuffer();
      keep(written);
      return allocator.buffer(length).writeBytes(written, 0, length);
    } finally {
      // Not the array that a large message made it grow to.
      output.setBuffer(kept, kept.length);
      inUse = false;
    }
  }

  private void keep(byte[] grown) {
    if (grown.length <= LARGEST_KEPT) {
      kept = grown;
    }
  }
}
