package io.actormesh.runtime.telemetry;

import java.util.Map;

/**
 * The figures of one route at one time.
 *
 * @param route the route, as it is declared
 * @param inFlight requests not answered yet
 * @param statuses requests answered, by HTTP status
 * @param latency how long they took
 * @param latencyNanos the sum of those times
 * @param streams its streams
 */
public record IngressSnapshot(
    String route,
    long inFlight,
    Map<Integer, Long> statuses,
    LatencyDistribution latency,
    long latencyNanos,
    DoorStreamSnapshot streams) {

  public IngressSnapshot {
    statuses = Map.copyOf(statuses);
  }
}
