package io.actormesh.runtime.node;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The mesh's own threads for users' code, never those of the JDK's common pool, which on a machine
 * with two cores starts a thread per completion.
 *
 * <p>Completions and asynchronous steps have a pool each. Completions are few tasks that each run
 * many callbacks, and a callback may block: there a task must start at once while others are
 * blocked, which only a pool without a queue does (a fork-join pool counts on a busy thread to come
 * back). Steps are many tasks, as {@code thenApplyAsync} makes them, and need a queue.
 */
final class Callbacks {

  /** How many threads may complete futures at once, blocked ones included. */
  static final int MOST_COMPLETING = 256;

  private static final int LEAST_THREADS = 2;
  private static final int SPARE_THREADS = 256;
  private static final int KEEP_SECONDS = 30;

  private final ForkJoinPool steps;
  private final ExecutorService completions;

  Callbacks(String node) {
    int threads = Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors());
    steps =
        new ForkJoinPool(
            threads,
            parent -> named(parent, node),
            null,
            true,
            threads,
            threads + SPARE_THREADS,
            1,
            null,
            KEEP_SECONDS,
            TimeUnit.SECONDS);
    AtomicInteger number = new AtomicInteger();
    // Twice as many as are asked for: those on their way out still count for the pool.
    completions =
        new ThreadPoolExecutor(
            0,
            2 * MOST_COMPLETING,
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> named(task, node + "-callback-" + number.getAndIncrement()));
  }

  /** For the asynchronous steps of futures. */
  Executor executor() {
    return steps;
  }

  /** For completing futures, by at most {@link #MOST_COMPLETING} tasks at a time. */
  Executor completions() {
    return completions;
  }

  void close() {
    steps.shutdown();
    completions.shutdown();
  }

  private static Thread named(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static ForkJoinWorkerThread named(ForkJoinPool parent, String node) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(parent);
    thread.setName(node + "-callback-step-" + thread.getPoolIndex());
    thread.setDaemon(true);
    return thread;
  }
}
