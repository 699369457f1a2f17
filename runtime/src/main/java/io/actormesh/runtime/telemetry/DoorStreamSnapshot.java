package io.actormesh.runtime.telemetry;

import java.util.Map;

/**
 * The figures of one route's streams at one time.
 *
 * @param begun streams that have begun
 * @param open those that are not over
 * @param sent elements sent to clients
 * @param received elements that came from clients
 * @param ends streams that are over, by how they ended
 */
public record DoorStreamSnapshot(
    long begun, long open, long sent, long received, Map<StreamEnd, Long> ends) {

  public DoorStreamSnapshot {
    ends = Map.copyOf(ends);
  }
}
