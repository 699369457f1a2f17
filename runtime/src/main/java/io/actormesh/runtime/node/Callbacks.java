package io.actormesh.runtime.node;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * The mesh's own executor, where public futures complete. A fork-join pool, because that replaces a
 * thread whose callback waits for another future; never the JDK's common pool, which on a machine
 * with two cores starts a thread per completion.
 */
final class Callbacks {

  private static final int LEAST_THREADS = 2;
  private static final int SPARE_THREADS = 256;

  private final ForkJoinPool pool;
  private final int threads;

  Callbacks(String node) {
    threads = Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors());
    pool =
        new ForkJoinPool(
            threads,
            parent -> named(parent, node),
            null,
            true,
            threads,
            threads + SPARE_THREADS,
            1,
            null,
            30,
            TimeUnit.SECONDS);
  }

  ForkJoinPool executor() {
    return pool;
  }

  /** The most threads there can be, while others wait for futures in callbacks. */
  int mostThreads() {
    return threads + SPARE_THREADS;
  }

  void close() {
    pool.shutdown();
  }

  private static ForkJoinWorkerThread named(ForkJoinPool parent, String node) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(parent);
    thread.setName(node + "-callback-" + thread.getPoolIndex());
    thread.setDaemon(true);
    return thread;
  }
}
