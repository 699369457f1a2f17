package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the connections of one loop from time to time, and knows for how long the loop itself
 * has stood still. Runs only while there is something to look at. Owned by its loop.
 */
final class LoopWatch {

  /** Something that wants to be looked at. */
  interface Watched {
    void look(long nowNanos, long lostNanos);
  }

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long TOLERATED_NANOS = TimeUnit.MILLISECONDS.toNanos(75);

  private final EventLoop loop;
  private final Ticker ticker;
  private final List<Watched> watched = new ArrayList<>();
  private final Runnable round = this::round;
  private boolean running;
  private long lastNanos;
  private long lostNanos;

  LoopWatch(EventLoop loop, Ticker ticker) {
    this.loop = loop;
    this.ticker = ticker;
  }

  long lostNanos() {
    return lostNanos;
  }

  void add(Watched one) {
    watched.add(one);
    if (!running) {
      running = true;
      lastNanos = ticker.nowNanos();
      arm();
    }
  }

  void remove(Watched one) {
    watched.remove(one);
  }

  private void arm() {
    if (loop.isShutdown()) {
      return;
    }
    var unused = loop.schedule(round, PERIOD_NANOS, TimeUnit.NANOSECONDS);
  }

  private void round() {
    long now = ticker.nowNanos();
    long passed = now - lastNanos;
    lastNanos = now;
    if (passed > TOLERATED_NANOS) {
      lostNanos += passed - PERIOD_NANOS;
    }
    for (Watched one : List.copyOf(watched)) {
      one.look(now, lostNanos);
    }
    if (watched.isEmpty()) {
      running = false;
    } else {
      arm();
    }
  }
}
