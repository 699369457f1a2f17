package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;

/**
 * What a serving node has granted to one caller. Ended calls give their credit back, which is told
 * in batches: when a quarter of the window has come together, or nothing is out any more. Owned by
 * the loop.
 */
final class Grants {

  private final int windowCalls;
  private final long windowBytes;
  private int outCalls;
  private long outBytes;
  private int returnedCalls;
  private long returnedBytes;

  Grants(int windowCalls, long windowBytes) {
    this.windowCalls = windowCalls;
    this.windowBytes = windowBytes;
  }

  int outCalls() {
    return outCalls;
  }

  /** A call has arrived; throws if its caller had no credit for it. */
  void spent(int payloadBytes) {
    if (outCalls + returnedCalls >= windowCalls || outBytes + returnedBytes >= windowBytes) {
      throw new LinkProtocolException(
          CloseReason.CREDIT_EXCEEDED,
          outCalls
              + " calls with "
              + outBytes
              + " bytes are out (granted: "
              + windowCalls
              + " calls, "
              + windowBytes
              + " bytes)");
    }
    outCalls++;
    outBytes += payloadBytes;
  }

  void returned(int payloadBytes) {
    outCalls--;
    outBytes -= payloadBytes;
    returnedCalls++;
    returnedBytes += payloadBytes;
  }

  /** Whether it is time to tell the caller. */
  boolean due() {
    return returnedCalls > 0
        && (returnedCalls * 4L >= windowCalls || returnedBytes * 4 >= windowBytes);
  }

  /** Tells the caller what has come back. */
  void write(ByteBuf out, FrameWriter writer) {
    writer.credit(out, returnedCalls, returnedBytes);
    returnedCalls = 0;
    returnedBytes = 0;
  }
}
