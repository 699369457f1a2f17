package io.actormesh.runtime.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Completes futures on the mesh's executor, many to a task: the replies of one network read cost
 * few thread hand-offs, not one each. Before a task runs users' code while others wait, it lets
 * another task start, so that a callback that blocks holds up nothing but itself while a thread is
 * free.
 */
final class Completions {

  private final Executor executor;
  private final int maxRunners;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger runners = new AtomicInteger();

  /**
   * Completes on the given executor.
   *
   * @param maxRunners how many of its threads may be taken at once
   */
  Completions(Executor executor, int maxRunners) {
    this.executor = executor;
    this.maxRunners = maxRunners;
  }

  Executor executor() {
    return executor;
  }

  void add(Runnable completion) {
    waiting.add(completion);
    if (runners.get() == 0) {
      startRunner();
    }
  }

  private void startRunner() {
    int now = runners.get();
    while (now < maxRunners) {
      if (runners.compareAndSet(now, now + 1)) {
        executor.execute(this::run);
        return;
      }
      now = runners.get();
    }
  }

  private void run() {
    for (Runnable next; (next = waiting.poll()) != null; ) {
      if (!waiting.isEmpty()) {
        startRunner();
      }
      next.run();
    }
    runners.decrementAndGet();
    // One that was added after the last poll saw this runner and started none.
    if (!waiting.isEmpty() && runners.get() == 0) {
      startRunner();
    }
  }
}
