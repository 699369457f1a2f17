package io.actormesh.runtime.telemetry;

import java.util.Map;

/**
 * The figures of all links of a node at one time.
 *
 * @param sentFrames frames written
 * @param sentBytes bytes written
 * @param receivedFrames frames read
 * @param receivedBytes bytes read
 * @param callers connections that other nodes have to this one
 * @param drops what was dropped, by reason
 */
public record LinkTrafficSnapshot(
    long sentFrames,
    long sentBytes,
    long receivedFrames,
    long receivedBytes,
    long callers,
    Map<String, Long> drops) {

  public LinkTrafficSnapshot {
    drops = Map.copyOf(drops);
  }
}
