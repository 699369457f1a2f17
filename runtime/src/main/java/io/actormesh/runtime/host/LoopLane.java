package io.actormesh.runtime.host;

import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/** One event loop, and the run of an actor that it is at. */
final class LoopLane {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean CPU_KNOWN = THREADS.isThreadCpuTimeSupported();

  private final EventLoop loop;
  private final HogJudge judge;
  private volatile @Nullable Run running;

  LoopLane(EventLoop loop, long hogAfterNanos) {
    this.loop = loop;
    this.judge = new HogJudge(hogAfterNanos);
  }

  boolean isCurrent() {
    return loop.inEventLoop();
  }

  void execute(LoopExecutor owner, Runnable task) {
    loop.execute(new Run(this, owner, task));
  }

  /** Takes one look; the watch's thread alone. */
  void look(long now, long sinceLastLook) {
    Run run = running;
    if (run == null) {
      var unused = judge.look(null, false, 0, sinceLastLook);
      return;
    }
    long cpu = CPU_KNOWN ? THREADS.getThreadCpuTime(run.threadId) : -1;
    switch (judge.look(run, run.waits(), cpu, sinceLastLook)) {
      case FINE -> {}
      case SLOW -> run.owner.slow(loop, judge.seenNanos(), now);
      case STUCK -> run.owner.stuck(loop, judge.seenNanos());
    }
  }

  /** One run of an actor: a batch of its messages. */
  private static final class Run implements Runnable {
    private final LoopLane lane;
    private final LoopExecutor owner;
    private final Runnable task;
    private @Nullable Thread thread;
    private long threadId;

    private Run(LoopLane lane, LoopExecutor owner, Runnable task) {
      this.lane = lane;
      this.owner = owner;
      this.task = task;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      threadId = thread.getId();
      lane.running = this;
      try {
        task.run();
      } finally {
        lane.running = null;
      }
    }

    private boolean waits() {
      Thread runner = thread;
      return runner != null && runner.getState() != Thread.State.RUNNABLE;
    }
  }
}
