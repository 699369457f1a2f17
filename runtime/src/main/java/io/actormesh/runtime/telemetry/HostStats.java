package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.call.Ticker;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one instance hosted here. Any thread; counting takes no lock and allocates
 * nothing. What waits and runs at the moment is not counted but read from the host: see {@link
 * CallMetrics#loads}.
 */
public final class HostStats {

  private final InstanceId id;
  private final Ticker ticker;

  private final LatencyRecorder waited = new LatencyRecorder();
  private final LatencyRecorder served = new LatencyRecorder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder restarts = new LongAdder();
  private final Tally refusals = new Tally();
  private final Tally drops = new Tally();
  private final StreamStats streams = new StreamStats();
  private final RecentWindow window;

  HostStats(InstanceId id, Ticker ticker) {
    this.id = id;
    this.ticker = ticker;
    this.window = new RecentWindow(ticker.nowNanos());
  }

  /** A call is started, after having waited in the queue for the given time. */
  public void started(long waitedNanos) {
    waited.record(waitedNanos);
  }

  /**
   * A started call was answered.
   *
   * @param serviceNanos the time since it was started
   * @param error whether the answer was the service's own error
   */
  public void answered(long serviceNanos, boolean error) {
    if (error) {
      errors.increment();
    }
    served.record(serviceNanos);
  }

  /** The instance failed or stopped and is being replaced. */
  public void restarted() {
    restarts.increment();
  }

  /**
   * A started call ended without an answer.
   *
   * @param reason one of few fixed words, such as {@code FAILED}
   * @param serviceNanos the time since it was started
   */
  public void failed(String reason, long serviceNanos) {
    refusals.count(reason);
    served.record(serviceNanos);
  }

  /**
   * A call ended without having been started.
   *
   * @param reason one of few fixed words, such as {@code QUEUE_FULL}
   */
  public void refused(String reason) {
    refusals.count(reason);
  }

  /** The instance answered a call that had been answered; this second reply was dropped. */
  public void secondReply() {
    drops.count("SECOND_REPLY");
  }

  /**
   * The instance answered a call that had failed, such as by its deadline; the reply was dropped.
   */
  public void lateReply() {
    drops.count("LATE_REPLY");
  }

  /** A one-way call that had been accepted was given up with its instance. */
  public void abandoned() {
    drops.count("ABANDONED");
  }

  /** A stream is open: one that was replied, or one that came with a call. */
  public void streamOpened() {
    streams.opened();
  }

  /** An element has passed on one of its streams. */
  public void streamElement() {
    streams.element();
  }

  /**
   * A stream has ended.
   *
   * @param outcome one of few fixed words; {@code OK} if it came to its end
   */
  public void streamEnded(String outcome) {
    streams.ended(outcome);
  }

  /** The figures up to now; without the load, which the host knows. */
  HostSnapshot snapshot(@Nullable InstanceLoad load) {
    LatencyDistribution ended = served.distribution();
    InstanceLoad now = load == null ? new InstanceLoad(id.service(), id.instance(), 0, 0, 0) : load;
    return new HostSnapshot(
        now,
        waited.distribution(),
        waited.sumNanos(),
        ended,
        served.sumNanos(),
        roll(ended),
        errors.sum(),
        restarts.sum(),
        refusals.sums(),
        drops.sums(),
        streams.figures());
  }

  void tick() {
    RecentFigures unused = roll(served.distribution());
  }

  private RecentFigures roll(LatencyDistribution ended) {
    return window.roll(ticker.nowNanos(), errors.sum(), ended);
  }

  InstanceId id() {
    return id;
  }
}
