package io.actormesh.runtime.host;

import io.actormesh.runtime.call.Ticker;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for passed deadlines every 5 ms while calls are in flight, and rests when none is: no call
 * has a timer of its own. One daemon thread a host.
 */
final class Sweeper implements AutoCloseable {

  static final long TICK_MILLIS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final Ticker ticker;
  private final LongPredicate sweep;
  private final ScheduledThreadPoolExecutor thread;
  private final AtomicBoolean armed = new AtomicBoolean();

  /**
   * A sweeper at rest.
   *
   * @param sweep looks at the calls at the given time and says whether any remains
   */
  Sweeper(Ticker ticker, LongPredicate sweep) {
    this.ticker = ticker;
    this.sweep = sweep;
    this.thread = DaemonThreads.single("actormesh-host-sweep");
  }

  /** A call is in flight. Called per call: one volatile read while the sweeper is awake. */
  void arm() {
    if (!armed.get() && armed.compareAndSet(false, true)) {
      schedule(this::tick);
    }
  }

  /** Runs a task on the sweeper's thread after one tick. */
  void schedule(Runnable task) {
    var unused = thread.schedule(task, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (trySweep()) {
      schedule(this::tick);
      return;
    }
    armed.set(false);
    // A call that came since the sweep found the sweeper armed: look once more before resting.
    if (trySweep()) {
      arm();
    }
  }

  private boolean trySweep() {
    try {
      return sweep.test(ticker.nowNanos());
    } catch (RuntimeException e) {
      LOG.error("The sweep for passed deadlines failed; it is tried again.", e);
      return true;
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
