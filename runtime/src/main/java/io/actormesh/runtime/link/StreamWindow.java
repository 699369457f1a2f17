package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;

/**
 * What the reader of a stream has granted to its writer: elements, and bytes that one element may
 * overdraw. What has been consumed is granted again in batches, when a quarter of either window has
 * come together. Owned by the loop.
 */
final class StreamWindow {

  private final int windowElements;
  private final int windowBytes;
  private long outElements;
  private long outBytes;
  private long consumedElements;
  private long consumedBytes;

  StreamWindow(StreamLimits limits) {
    windowElements = limits.windowElements();
    windowBytes = limits.windowBytes();
  }

  /** The stream is wanted: the whole window is to be granted. */
  void open() {
    consumedElements = windowElements;
    consumedBytes = windowBytes;
  }

  /** An element has come; throws if it was not granted. */
  void spend(int bytes) {
    if (outElements <= 0 || outBytes <= 0) {
      throw new LinkProtocolException(
          CloseReason.CREDIT_EXCEEDED,
          "an element beyond the stream's window ("
              + windowElements
              + " elements, "
              + windowBytes
              + " bytes)");
    }
    outElements--;
    outBytes -= bytes;
  }

  void consumed(long elements, long bytes) {
    consumedElements += elements;
    consumedBytes += bytes;
  }

  /** Whether it is time to tell the writer. */
  boolean due() {
    return consumedElements * 4 >= windowElements || consumedBytes * 4 >= windowBytes;
  }

  /** Grants what has been consumed. */
  void grant(FrameWriter writer, ByteBuf out, long id) {
    StreamFrames.demand(writer, out, id, consumedElements, consumedBytes);
    outElements += consumedElements;
    outBytes += consumedBytes;
    consumedElements = 0;
    consumedBytes = 0;
  }
}
