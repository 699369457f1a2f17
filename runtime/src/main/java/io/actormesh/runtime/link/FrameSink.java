package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;

/** Takes the frames that a {@link FrameReader} finds. */
@FunctionalInterface
interface FrameSink {

  /**
   * One frame. The body is what is readable in the buffer; it is valid during the call only, and
   * reading past it throws.
   */
  void onFrame(int version, int type, int flags, ByteBuf body);
}
