package io.actormesh.runtime.telemetry;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of one route of the HTTP front door. Keep the object with the route; pair every
 * {@link #begin} with exactly one {@link #end}. Any thread; counting takes no lock and allocates
 * nothing.
 */
public final class IngressStats {

  private static final int HIGHEST_STATUS = 599;

  private final String route;
  private final LongAdder begun = new LongAdder();
  private final AtomicLongArray byStatus = new AtomicLongArray(HIGHEST_STATUS + 1);
  private final LatencyRecorder durations = new LatencyRecorder();
  private final DoorStreamStats streams = new DoorStreamStats();

  IngressStats(String route) {
    this.route = route;
  }

  /** A request came in. */
  public void begin() {
    begun.increment();
  }

  /** It was answered with the given status, or given up by its client (499). */
  public void end(int status, long nanos) {
    byStatus.getAndIncrement(Math.max(0, Math.min(HIGHEST_STATUS, status)));
    durations.record(nanos);
  }

  /** Where to count the route's streams. */
  public DoorStreamStats streams() {
    return streams;
  }

  /** The figures up to now. */
  public IngressSnapshot snapshot() {
    LatencyDistribution latency = durations.distribution();
    long inFlight = Math.max(0, begun.sum() - latency.count());
    return new IngressSnapshot(
        route, inFlight, statuses(), latency, durations.sumNanos(), streams.snapshot());
  }

  private Map<Integer, Long> statuses() {
    Map<Integer, Long> counts = new TreeMap<>();
    for (int status = 0; status < byStatus.length(); status++) {
      long count = byStatus.get(status);
      if (count != 0) {
        counts.put(status, count);
      }
    }
    return counts;
  }
}
