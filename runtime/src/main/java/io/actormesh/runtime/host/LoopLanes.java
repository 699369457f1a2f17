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

  private final List<Lane> lanes;
  private final Ticker ticker;
  private final long hogAfterNanos;
  private final ScheduledThreadPoolExecutor watcher;
  private final AtomicBoolean watching = new AtomicBoolean();
  private final AtomicInteger numbers = new AtomicInteger();

  /** One loop and what runs on it. */
  static final class Lane {
    private final EventLoop loop;
    private volatile @Nullable Run running;

    private Lane(EventLoop loop) {
      this.loop = loop;
    }
  }

  LoopLanes(List<? extends EventLoop> loops, Ticker ticker, Duration hogAfter) {
    this.lanes = loops.stream().map(loop -> new Lane(loop)).toList();
    this.ticker = ticker;
    this.hogAfterNanos = hogAfter.toNanos();
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
    Lane lane = current();
    if (lane == null) {
      lane = lanes.get(Math.floorMod(hash, lanes.size()));
    }
    lane.loop.execute(new Run(this, lane, owner, task));
  }

  private @Nullable Lane current() {
    for (Lane lane : lanes) {
      if (lane.loop.inEventLoop()) {
        return lane;
      }
    }
    return null;
  }

  /** Starts the watch, if it has not been started. */
  void watch() {
    if (watching.compareAndSet(false, true)) {
      long period = Math.max(1_000_000, hogAfterNanos / LOOKS_PER_LIMIT);
      var unused = watcher.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }
  }

  /** Looks at every loop once. */
  void look() {
    long now = ticker.nowNanos();
    for (Lane lane : lanes) {
      Run run = lane.running;
      if (run != null && now - run.startedNanos >= hogAfterNanos) {
        run.owner.hogged(lane.loop, now - run.startedNanos);
      }
    }
  }

  @Override
  public void close() {
    watcher.shutdownNow();
  }

  /** One run of an actor on a loop: a batch of its messages. */
  private static final class Run implements Runnable {
    private final LoopLanes lanes;
    private final Lane lane;
    private final LoopExecutor owner;
    private final Runnable task;
    private long startedNanos;

    private Run(LoopLanes lanes, Lane lane, LoopExecutor owner, Runnable task) {
      this.lanes = lanes;
      this.lane = lane;
      this.owner = owner;
      this.task = task;
    }

    @Override
    public void run() {
      startedNanos = lanes.ticker.nowNanos();
      lane.running = this;
      try {
        task.run();
      } finally {
        lane.running = null;
      }
    }
  }
}
