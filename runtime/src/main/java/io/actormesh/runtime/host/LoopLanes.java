package io.actormesh.runtime.host;

import io.actormesh.runtime.call.Ticker;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The event loops as places where actors run, and the watch over them: a thread of its own looks
 * whether a run keeps a loop too long. A loop runs one run at a time, so one field a loop says all.
 */
final class LoopLanes implements AutoCloseable {

  private static final int LOOKS_PER_LIMIT = 4;

  private final List<LoopLane> lanes;
  private final Ticker ticker;
  private final long periodNanos;
  private final ScheduledThreadPoolExecutor watcher;
  private final AtomicBoolean watching = new AtomicBoolean();
  private final AtomicInteger numbers = new AtomicInteger();
  private long lastLookNanos;

  LoopLanes(List<? extends EventLoop> loops, Ticker ticker, Duration hogAfter) {
    this.lanes = loops.stream().map(loop -> new LoopLane(loop, hogAfter.toNanos())).toList();
    this.ticker = ticker;
    this.periodNanos = Math.max(1_000_000, hogAfter.toNanos() / LOOKS_PER_LIMIT);
    this.watcher = DaemonThreads.single("actormesh-host-watch");
  }

  boolean isEmpty() {
    return lanes.isEmpty();
  }

  int nextNumber() {
    return numbers.incrementAndGet();
  }

  /** Runs a task later on this loop if called on one, else on the one that the hash chooses. */
  void execute(LoopExecutor owner, Runnable task, int hash) {
    LoopLane lane = current();
    if (lane == null) {
      lane = lanes.get(Math.floorMod(hash, lanes.size()));
    }
    lane.execute(owner, task);
  }

  private @Nullable LoopLane current() {
    for (LoopLane lane : lanes) {
      if (lane.isCurrent()) {
        return lane;
      }
    }
    return null;
  }

  /** Starts the watch, if it has not been started. */
  void watch() {
    if (watching.compareAndSet(false, true)) {
      lastLookNanos = ticker.nowNanos();
      var unused =
          watcher.scheduleWithFixedDelay(
              this::look, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    long now = ticker.nowNanos();
    // A look that comes late counts no more than one in time: what delayed it may have delayed all.
    long counted = Math.min(now - lastLookNanos, 2 * periodNanos);
    lastLookNanos = now;
    for (LoopLane lane : lanes) {
      lane.look(now, counted);
    }
  }

  @Override
  public void close() {
    watcher.shutdownNow();
  }
}
