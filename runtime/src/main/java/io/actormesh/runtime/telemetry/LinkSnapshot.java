package io.actormesh.runtime.telemetry;

import java.util.List;

/**
 * The figures of the link to one node at one time.
 *
 * @param peer the node's name
 * @param state the name of the link's state, empty if it is not known yet
 * @param states the names of all states there are
 * @param connects connections made
 * @param disconnects connections that failed, broke or were closed
 */
public record LinkSnapshot(
    String peer, String state, List<String> states, long connects, long disconnects) {

  public LinkSnapshot {
    states = List.copyOf(states);
  }
}
