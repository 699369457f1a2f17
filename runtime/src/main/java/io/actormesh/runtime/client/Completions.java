package io.actormesh.runtime.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Completes futures on the mesh's own threads, many to a task: the replies of one network read cost
 * few thread hand-offs, not one each. Users' code may block in a completion, even for another call
 * of the mesh. So a task that is in users' code counts for nothing: whenever something waits, there
 * is another one on its way to it, up to a limit.
 */
final class Completions {

  private final Executor callbacks;
  private final Executor runner;
  private final int maxRunners;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** Tasks submitted and not ended. */
  private final AtomicInteger runners = new AtomicInteger();

  /** Those of them that look at the queue again before they run anybody's code. */
  private final AtomicInteger watching = new AtomicInteger();

  /**
   * Completes on the given executor.
   *
   * @param callbacks where the asynchronous methods of the futures run
   * @param runner starts each task at once, as long as fewer than the most are running
   * @param maxRunners how many of its threads may be taken at once, give or take a few
   */
  Completions(Executor callbacks, Executor runner, int maxRunners) {
    this.callbacks = callbacks;
    this.runner = runner;
    this.maxRunners = maxRunners;
  }

  /** Where the asynchronous methods of the futures run. */
  Executor executor() {
    return callbacks;
  }

  void add(Runnable completion) {
    waiting.add(completion);
    ensureWatched();
  }

  private void ensureWatched() {
    if (watching.get() == 0 && runners.get() < maxRunners && watching.compareAndSet(0, 1)) {
      runners.incrementAndGet();
      runner.execute(this::run);
    }
  }

  private void run() {
    try {
      for (Runnable next; (next = waiting.poll()) != null; ) {
        complete(next);
      }
    } finally {
      runners.decrementAndGet();
      leave();
    }
  }

  private void complete(Runnable completion) {
    leave();
    try {
      completion.run();
    } finally {
      watching.incrementAndGet();
    }
  }

  /** Stops watching; one that was added since, and relied on this task, gets another. */
  private void leave() {
    watching.decrementAndGet();
    if (!waiting.isEmpty()) {
      ensureWatched();
    }
  }
}
