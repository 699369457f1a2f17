package io.actormesh.runtime.telemetry;

import java.util.Map;

/**
 * The figures of streams at one time.
 *
 * @param opened streams opened
 * @param ended streams that have ended, by outcome; {@code OK} if they came to their end
 * @param elements elements that have passed
 */
public record StreamFigures(long opened, Map<String, Long> ended, long elements) {

  public StreamFigures {
    ended = Map.copyOf(ended);
  }

  /** Streams that are open. */
  public long open() {
    long all = 0;
    for (long count : ended.values()) {
      all += count;
    }
    return Math.max(0, opened - all);
  }
}
