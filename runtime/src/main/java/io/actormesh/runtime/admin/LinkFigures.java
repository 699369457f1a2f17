package io.actormesh.runtime.admin;

import io.actormesh.runtime.telemetry.LinkSnapshot;

/**
 * The figures of a node's link to another.
 *
 * @param peer the other node's name
 * @param state the link's state
 * @param connects connections made
 * @param disconnects connections that failed, broke or were closed
 */
public record LinkFigures(String peer, String state, long connects, long disconnects) {

  static LinkFigures of(LinkSnapshot link) {
    return new LinkFigures(link.peer(), link.state(), link.connects(), link.disconnects());
  }
}
