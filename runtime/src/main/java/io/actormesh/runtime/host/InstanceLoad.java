package io.actormesh.runtime.host;

import io.actormesh.runtime.link.LoadReport;
import java.time.Duration;

/** What waits for an instance and what it runs, in numbers. Thread-safe. */
final class InstanceLoad {

  private static final Duration MIN_RETRY_AFTER = Duration.ofMillis(10);
  private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(5);

  private final ServiceFrame service;
  private final QueueGauge queue = new QueueGauge();
  private final Permits permits;
  private final BusyMeter busy;
  private volatile long lastWaitNanos;
  private volatile long oldestArrivedNanos;

  InstanceLoad(ServiceFrame service) {
    this.service = service;
    this.permits = new Permits(service);
    this.busy = new BusyMeter(nowNanos());
  }

  QueueGauge queue() {
    return queue;
  }

  Permits permits() {
    return permits;
  }

  /** A call was queued. */
  void queued(long arrivedNanos) {
    if (queue.calls() == 1) {
      oldestArrivedNanos = arrivedNanos;
    }
  }

  /** A call was started after this wait. */
  void waited(long nanos) {
    lastWaitNanos = nanos;
  }

  /** A run has ended just now. */
  void ran(long startedNanos) {
    busy.ran(startedNanos, nowNanos());
  }

  /** The sweep has seen when the oldest waiting call arrived. */
  void oldestArrived(long arrivedNanos) {
    oldestArrivedNanos = arrivedNanos;
  }

  /** As long as calls wait at present: a caller who comes back then finds another queue. */
  long retryAfterMillis() {
    long wait = Duration.ofNanos(lastWaitNanos).toMillis();
    return Math.max(MIN_RETRY_AFTER.toMillis(), Math.min(MAX_RETRY_AFTER.toMillis(), wait));
  }

  int busyPermille() {
    return busy.permille();
  }

  /** How long the oldest waiting call has waited, to the sweep's exactness; 0 if none waits. */
  long queueAgeNanos() {
    return queue.calls() == 0 ? 0 : Math.max(0, nowNanos() - oldestArrivedNanos);
  }

  LoadReport report() {
    int age = (int) Math.min(Integer.MAX_VALUE, queueAgeNanos() / 1000);
    return new LoadReport(permits.inFlight(), queue.calls(), age, busy.permille(), 0);
  }

  private long nowNanos() {
    return service.host().ticker().nowNanos();
  }
}
