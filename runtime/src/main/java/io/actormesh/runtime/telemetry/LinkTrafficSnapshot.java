package io.actormesh.runtime.telemetry;

import java.util.Map;

/**
 * The figures of all links of a node at one time.
 *
 * @param sentFrames frames written
 * @param sentBytes bytes written
 * @param receivedFrames frames read
 * @param receivedBytes bytes read
 * @param callerConnects connections that other nodes have made to this one
 * @param callerDisconnects those that were turned away, broke or were closed
 * @param drops what was dropped, by reason
 * @param sentStreams the streams whose elements are written
 * @param receivedStreams the streams whose elements are read
 */
public record LinkTrafficSnapshot(
    long sentFrames,
    long sentBytes,
    long receivedFrames,
    long receivedBytes,
    long callerConnects,
    long callerDisconnects,
    Map<String, Long> drops,
    StreamTrafficSnapshot sentStreams,
    StreamTrafficSnapshot receivedStreams) {

  public LinkTrafficSnapshot {
    drops = Map.copyOf(drops);
  }
}
