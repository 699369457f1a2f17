package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;

/**
 * How many frames that bring nothing a client may send: a number at once, a tenth of it each second
 * on top, and more for what it is sent, since it answers that with window updates and pings. Not
 * thread-safe.
 */
final class FrameBudget {

  private static final int FRAMES_PER_ANSWER = 4;
  private static final int BYTES_PER_FRAME = 1024;
  private static final double NANOS_TO_FULL = 10e9;

  private final int full;
  private final Ticker ticker;
  private long left;
  private long filledNanos;

  FrameBudget(int full, Ticker ticker) {
    this.full = full;
    this.ticker = ticker;
    this.left = full;
    this.filledNanos = ticker.nowNanos();
  }

  /** A frame with a part of an answer is sent to the client. */
  void earn(int bytes) {
    left = Math.min(full, left + FRAMES_PER_ANSWER + bytes / BYTES_PER_FRAME);
  }

  /** Whether there is as much left. */
  boolean spend(int frames) {
    if (left < frames) {
      // Only now, for looking at the clock costs more than all the rest.
      refill();
    }
    left -= frames;
    return left >= 0;
  }

  private void refill() {
    long now = ticker.nowNanos();
    long earned = (long) (full * ((now - filledNanos) / NANOS_TO_FULL));
    if (earned > 0) {
      left = Math.min(full, left + earned);
      filledNanos = now;
    }
  }
}
