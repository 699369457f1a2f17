package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;

/**
 * What the reader of a stream has granted to its writer: elements, and bytes that one element may
 * overdraw. What has been consumed is granted again in batches, when a quarter of either window has
 * come together. The window begins at a part of its size and doubles with each such grant, so that
 * little is made for a reader that asks once and goes away. Owned by the loop.
 */
final class StreamWindow {

  /** The whole window in terms of what it begins with. */
  private static final int PARTS = 8;

  private final int mostElements;
  private final int mostBytes;
  private int windowElements;
  private int windowBytes;
  private long outElements;
  private long outBytes;
  private long consumedElements;
  private long consumedBytes;
  private boolean granted;

  StreamWindow(StreamLimits limits) {
    mostElements = limits.windowElements();
    mostBytes = limits.windowBytes();
  }

  /** The stream is wanted: a first part of the window is to be granted. */
  void open() {
    widen(Math.max(1, mostElements / PARTS), Math.max(1, mostBytes / PARTS));
  }

  private void widen(int moreElements, int moreBytes) {
    int elements = Math.min(moreElements, mostElements - windowElements);
    int bytes = Math.min(moreBytes, mostBytes - windowBytes);
    windowElements += elements;
    windowBytes += bytes;
    consumed(elements, bytes);
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

  /** Grants what has been consumed, and as much again as there may be on top. */
  void grant(FrameWriter writer, ByteBuf out, long id) {
    if (granted) {
      widen(windowElements, windowBytes);
    }
    granted = true;
    StreamFrames.demand(writer, out, id, consumedElements, consumedBytes);
    outElements += consumedElements;
    outBytes += consumedBytes;
    consumedElements = 0;
    consumedBytes = 0;
  }
}
