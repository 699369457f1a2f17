package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Elements that have come and wait for their reader: what is left of frames, in buffers of just
 * that size, and whole large elements. Owned by the loop.
 */
final class StreamBuffer {

  private final ArrayDeque<Held> held = new ArrayDeque<>(0);

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Takes over elements, each preceded by its size. */
  void addSized(ByteBuf elements) {
    held.add(new Held(elements, false));
  }

  /** Takes over one element. */
  void addWhole(ByteBuf element) {
    held.add(new Held(element, true));
  }

  /** The next element, which the caller owns, or null. */
  @Nullable ByteBuf poll() {
    Held first = held.peek();
    if (first == null) {
      return null;
    }
    if (first.whole()) {
      held.remove();
      return first.bytes();
    }
    int length = Wire.readInt(first.bytes(), Integer.MAX_VALUE, "length of an element");
    ByteBuf element = first.bytes().readRetainedSlice(length);
    if (!first.bytes().isReadable()) {
      held.remove();
      first.bytes().release();
    }
    return element;
  }

  void release() {
    Held next = held.poll();
    while (next != null) {
      next.bytes().release();
      next = held.poll();
    }
  }

  private record Held(ByteBuf bytes, boolean whole) {}
}
