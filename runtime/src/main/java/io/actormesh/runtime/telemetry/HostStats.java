package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.call.Ticker;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The counters of one instance hosted here. A call is {@link #queued}, then either {@link #started}
 * and {@link #ended}, or it {@link #left} the queue without having been run. Any thread; counting
 * takes no lock and allocates nothing.
 */
public final class HostStats {

  private final String service;
  private final int instance;
  private final Ticker ticker;

  private final LongAdder queued = new LongAdder();
  private final LongAdder started = new LongAdder();
  private final LongAdder left = new LongAdder();
  private final LongAdder restarts = new LongAdder();
  private final LongAdder secondReplies = new LongAdder();
  private final LatencyRecorder waited = new LatencyRecorder();
  private final LatencyRecorder served = new LatencyRecorder();
  private final Tally refusals = new Tally();
  private final RecentWindow window;
  private volatile LongSupplier queueAge = () -> 0;
  private volatile boolean gone;

  HostStats(String service, int instance, Ticker ticker) {
    this.service = service;
    this.instance = instance;
    this.ticker = ticker;
    this.window = new RecentWindow(ticker.nowNanos());
  }

  /** A call was put into the instance's queue. */
  public void queued() {
    queued.increment();
  }

  /** A queued call is run now, after having waited for the given time. */
  public void started(long waitedNanos) {
    started.increment();
    waited.record(waitedNanos);
  }

  /** A queued call was taken out without being run: handed back, recalled or expired. */
  public void left() {
    left.increment();
  }

  /** A started call has been answered, or has failed, after having run for the given time. */
  public void ended(long serviceNanos) {
    served.record(serviceNanos);
  }

  /** The instance failed and is being replaced. */
  public void restarted() {
    restarts.increment();
  }

  /**
   * A call was refused.
   *
   * @param reason one of few fixed words, such as {@code QUEUE_FULL}
   */
  public void refused(String reason) {
    refusals.count(reason);
  }

  /** The instance answered a call that had ended before; the reply was dropped. */
  public void secondReply() {
    secondReplies.increment();
  }

  /** Where to read how many nanoseconds the oldest queued call has been waiting; cheap, any thread. */
  public void queueAge(LongSupplier oldestWaitedNanos) {
    queueAge = oldestWaitedNanos;
  }

  /** The instance is gone for good: its figures are forgotten after the retention. */
  public void gone() {
    gone = true;
    queueAge = () -> 0;
  }

  /** The figures up to now. */
  public HostSnapshot snapshot() {
    LatencyDistribution service = served.distribution();
    long begun = started.sum();
    long out = begun + left.sum();
    long queueLength = Math.max(0, queued.sum() - out);
    return new HostSnapshot(
        this.service,
        instance,
        queueLength,
        Math.max(0, queueAge.getAsLong()),
        begun,
        Math.max(0, begun - service.count()),
        waited.distribution(),
        waited.sumNanos(),
        service,
        served.sumNanos(),
        window.roll(ticker.nowNanos(), 0, service),
        restarts.sum(),
        refusals.sums(),
        secondReplies.sum());
  }

  void tick() {
    RecentFigures unused = window.roll(ticker.nowNanos(), 0, served.distribution());
  }

  boolean present() {
    return !gone;
  }

  HostStats back() {
    gone = false;
    return this;
  }
}
