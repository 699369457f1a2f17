package io.actormesh.runtime.telemetry;

/**
 * What an edge or instance did lately.
 *
 * @param callsPerSecond calls ended per second, over the last 10 s
 * @param failuresPerSecond calls failed per second, over the last 10 s
 * @param latency how long the calls took that ended within the last 10 to 20 s
 */
public record RecentFigures(
    double callsPerSecond, double failuresPerSecond, LatencyDistribution latency) {

  /** Half of the recent calls took no longer, in microseconds; 0 if there were none. */
  public double p50Micros() {
    return latency.percentileMicros(0.5);
  }

  /** 99 of 100 recent calls took no longer, in microseconds; 0 if there were none. */
  public double p99Micros() {
    return latency.percentileMicros(0.99);
  }
}
