package io.actormesh.runtime.host;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the actors of one service on the links' event loops, until one of them keeps a loop too
 * long: then on the pool, for good. Shutting it down does nothing: Pekko shuts idle executors down,
 * and the loops are not its to end.
 */
final class LoopExecutor extends AbstractExecutorService {

  private static final Logger LOG = LoggerFactory.getLogger(LoopExecutor.class);

  private static final int STRIKES = 3;
  private static final long FORGIVEN_AFTER_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String service;
  private final LoopLanes lanes;
  private final Executor pool;
  private final AtomicBoolean moved = new AtomicBoolean();

  // The watch's thread alone.
  private int strikes;
  private long firstStrike;

  LoopExecutor(String service, LoopLanes lanes, Executor pool) {
    this.service = service;
    this.lanes = lanes;
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    if (moved.get()) {
      pool.execute(task);
      return;
    }
    try {
      lanes.execute(this, task, System.identityHashCode(task));
    } catch (RejectedExecutionException e) {
      // The loops have ended before the actor system: its actors still have to stop in order.
      pool.execute(task);
    }
  }

  boolean moved() {
    return moved.get();
  }

  /** A run keeps a loop longer than it should. One may have its reasons, such as a cold start. */
  void slow(EventLoop loop, long nanos, long now) {
    if (strikes++ == 0 || now - firstStrike > FORGIVEN_AFTER_NANOS) {
      firstStrike = now;
      strikes = 1;
    }
    if (strikes >= STRIKES) {
      move(loop, nanos, "repeatedly");
    }
  }

  /** A run keeps a loop so long that it may never end. */
  void stuck(EventLoop loop, long nanos) {
    move(loop, nanos, "and still does");
  }

  private void move(EventLoop loop, long nanos, String how) {
    if (moved.compareAndSet(false, true)) {
      LOG.warn(
          "A handler of service {} has kept its event loop {} for {} ms, {}: all links and actors"
              + " of that loop wait for it. The run cannot be moved; from now on the service runs"
              + " on the pool {}. Set its policy to execution = dispatcher.",
          service,
          loop,
          TimeUnit.NANOSECONDS.toMillis(nanos),
          how,
          HostDispatchers.POOL);
    }
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
