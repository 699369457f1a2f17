package io.actormesh.runtime.link;

import java.time.Duration;

/**
 * How much a link holds for streams, and for how long.
 *
 * @param windowElements elements of one stream that may be under way to a reader here or wait for
 *     it; also the most that a producer here is asked for ahead; 1 to 65 536; default 256
 * @param windowBytes the bytes of those elements; one element may exceed what is left of it, the
 *     next one waits; 1 KiB to 1 GiB; default 256 KiB
 * @param subscribeTimeout how long a stream that has come may be without a subscriber before it is
 *     cancelled as {@link StreamFault#UNREAD}; 1 ms to a day; default 10 s
 * @param maxStreams streams that may be open at once on one connection, for each direction; 1 to 1
 *     000 000; default 1024
 */
public record StreamLimits(
    int windowElements, int windowBytes, Duration subscribeTimeout, int maxStreams) {

  private static final int KIB = 1024;

  /** The defaults. */
  public static final StreamLimits DEFAULT =
      new StreamLimits(256, 256 * KIB, Duration.ofSeconds(10), 1024);

  public StreamLimits {
    check("windowElements", windowElements, 1, 65_536);
    check("windowBytes", windowBytes, KIB, 1024 * KIB * KIB);
    check("subscribeTimeout", subscribeTimeout.toMillis(), 1, Duration.ofDays(1).toMillis());
    check("maxStreams", maxStreams, 1, OutboundTable.MAX_CALLS - 1);
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }
}
