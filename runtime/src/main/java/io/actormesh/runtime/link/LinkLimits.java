package io.actormesh.runtime.link;

/**
 * How much a link holds.
 *
 * @param maxPayloadBytes the largest request or reply, 1 to 1 GiB; default 8 MiB
 * @param chunkBytes payloads above this travel in parts of this size, which other frames overtake;
 *     1 KiB to 512 KiB; default 32 KiB
 * @param reassemblyBytes payload bytes that may be under reassembly on one connection; at least
 *     {@code maxPayloadBytes}; default 64 MiB
 * @param creditCalls calls that each caller may have out here; 1 to 1 000 000; default 4096
 * @param creditBytes payload bytes of those calls; a call may exceed what is left of it, the next
 *     one waits; at least 1; default 32 MiB
 * @param waitingCalls calls that may wait on one connection for credit, for the socket or for the
 *     dial; default 4096
 * @param lowWatermark below this many unsent bytes a connection that was full takes more; default
 *     64 KiB
 * @param highWatermark above this many unsent bytes a connection takes no more calls and chunks;
 *     default 256 KiB
 * @param unsentReplyBytes replies that a caller has not read: above this its new calls are refused,
 *     above the double its connection is closed; default 16 MiB
 */
public record LinkLimits(
    int maxPayloadBytes,
    int chunkBytes,
    long reassemblyBytes,
    int creditCalls,
    long creditBytes,
    int waitingCalls,
    int lowWatermark,
    int highWatermark,
    long unsentReplyBytes) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * 1024;

  /** The defaults. */
  public static final LinkLimits DEFAULT =
      new LinkLimits(
          8 * MIB, 32 * KIB, 64 * MIB, 4096, 32 * MIB, 4096, 64 * KIB, 256 * KIB, 16 * MIB);

  public LinkLimits {
    check("maxPayloadBytes", maxPayloadBytes, 1, 1024 * MIB);
    check("chunkBytes", chunkBytes, KIB, 512 * KIB);
    check("reassemblyBytes", reassemblyBytes, maxPayloadBytes, Long.MAX_VALUE);
    check("creditCalls", creditCalls, 1, OutboundTable.MAX_CALLS - 1);
    check("creditBytes", creditBytes, 1, Long.MAX_VALUE);
    check("waitingCalls", waitingCalls, 1, OutboundTable.MAX_CALLS);
    check("lowWatermark", lowWatermark, 1, 1024 * MIB);
    check("highWatermark", highWatermark, lowWatermark + 1L, 1024 * MIB);
    check("unsentReplyBytes", unsentReplyBytes, KIB, Long.MAX_VALUE / 2);
  }

  /** The same with another size of payloads. */
  public LinkLimits withMaxPayload(int bytes) {
    return new LinkLimits(
        bytes,
        chunkBytes,
        Math.max(reassemblyBytes, bytes),
        creditCalls,
        creditBytes,
        waitingCalls,
        lowWatermark,
        highWatermark,
        unsentReplyBytes);
  }

  /**
   * The same with other credits for each caller, and another bound for calls that wait for them.
   */
  public LinkLimits withCredits(int calls, long bytes, int waiting) {
    return new LinkLimits(
        maxPayloadBytes,
        chunkBytes,
        reassemblyBytes,
        calls,
        bytes,
        waiting,
        lowWatermark,
        highWatermark,
        unsentReplyBytes);
  }

  /** The same with another bound for replies that a caller does not read. */
  public LinkLimits withUnsentReplies(long bytes) {
    return new LinkLimits(
        maxPayloadBytes,
        chunkBytes,
        reassemblyBytes,
        creditCalls,
        creditBytes,
        waitingCalls,
        lowWatermark,
        highWatermark,
        bytes);
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }
}
