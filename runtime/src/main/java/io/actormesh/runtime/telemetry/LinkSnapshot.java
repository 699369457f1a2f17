package io.actormesh.runtime.telemetry;

import java.util.List;
import java.util.Map;

/**
 * The figures of the links to and from one node at one time.
 *
 * @param peer the node's name
 * @param state the name of the outgoing link's state, empty if this node has none
 * @param states the names of all states there are
 * @param sentFrames frames written
 * @param sentBytes bytes written
 * @param receivedFrames frames read
 * @param receivedBytes bytes read
 * @param drops what was dropped, by reason
 */
public record LinkSnapshot(
    String peer,
    String state,
    List<String> states,
    long sentFrames,
    long sentBytes,
    long receivedFrames,
    long receivedBytes,
    Map<String, Long> drops) {

  public LinkSnapshot {
    states = List.copyOf(states);
    drops = Map.copyOf(drops);
  }
}
