package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A payload that arrives in parts. Its announced size is reserved in the connection's budget, but
 * memory grows only with what has arrived.
 */
final class Reassembly {

  private static final int FIRST_BYTES = 64 * 1024;

  private final ReassemblyBudget budget;
  private final ByteBuf whole;
  private final int totalBytes;

  private Reassembly(ReassemblyBudget budget, ByteBuf whole, int totalBytes) {
    this.budget = budget;
    this.whole = whole;
    this.totalBytes = totalBytes;
  }

  /** Starts one; the budget has granted its size. */
  static Reassembly start(ReassemblyBudget budget, ByteBufAllocator allocator, int totalBytes) {
    ByteBuf whole = allocator.buffer(Math.min(totalBytes, FIRST_BYTES), totalBytes);
    return new Reassembly(budget, whole, totalBytes);
  }

  int totalBytes() {
    return totalBytes;
  }

  /**
   * Appends the next part.
   *
   * @throws LinkProtocolException if the parts do not add up to the announced size
   */
  void append(ByteBuf part, boolean more) {
    int length = whole.readableBytes() + part.readableBytes();
    if (length > totalBytes || (!more && length < totalBytes)) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR,
          "the parts of a payload have " + length + " bytes (announced: " + totalBytes + ")");
    }
    whole.writeBytes(part);
  }

  /** The whole payload, which the caller owns from here on; ends the reassembly. */
  ByteBuf finish() {
    budget.giveBack(totalBytes);
    return whole;
  }

  /** Throws away what has arrived. */
  void discard() {
    budget.giveBack(totalBytes);
    whole.release();
  }
}
