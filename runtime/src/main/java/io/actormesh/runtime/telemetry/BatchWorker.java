package io.actormesh.runtime.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records from any thread without ever blocking it, and hands them on in batches, on a daemon
 * thread of its own that may block. What finds no room is dropped and counted.
 *
 * @param <T> a record
 */
public final class BatchWorker<T> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);

  /**
   * How much is kept, and when it is handed on.
   *
   * @param capacity records that may wait
   * @param batch the most that are handed on at once; so many waiting are handed on without delay
   * @param delay how long a record may wait for others
   */
  public record Limits(int capacity, int batch, Duration delay) {}

  private final Limits limits;
  private final OutputStats stats;
  private final Consumer<List<T>> sink;
  private final Runnable atEnd;
  private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<Void>> flushes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closing;

  private BatchWorker(
      String name, Limits limits, OutputStats stats, Consumer<List<T>> sink, Runnable atEnd) {
    this.limits = limits;
    this.stats = stats;
    this.sink = sink;
    this.atEnd = atEnd;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /**
   * Starts one.
   *
   * @param sink takes batches, on the worker's thread; what it throws is logged
   * @param atEnd runs on the worker's thread after the last batch
   */
  public static <T> BatchWorker<T> start(
      String name, Limits limits, OutputStats stats, Consumer<List<T>> sink, Runnable atEnd) {
    BatchWorker<T> worker = new BatchWorker<>(name, limits, stats, sink, atEnd);
    worker.thread.start();
    return worker;
  }

  /** Takes a record, or drops and counts it. */
  public void offer(T one) {
    if (closing || size.get() >= limits.capacity()) {
      stats.dropped();
      return;
    }
    int now = size.incrementAndGet();
    waiting.add(one);
    if (now == limits.batch()) {
      LockSupport.unpark(thread);
    }
  }

  /** Completes when everything offered before has been handed on, or when the time is over. */
  public CompletionStage<Void> flush(Duration within) {
    CompletableFuture<Void> flushed = new CompletableFuture<>();
    flushes.add(flushed);
    LockSupport.unpark(thread);
    if (ended.isDone()) {
      flushed.complete(null);
    }
    return flushed.completeOnTimeout(null, within.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Takes nothing more; completes when what waits has been handed on, or when time is over. */
  public CompletionStage<Void> close(Duration within) {
    closing = true;
    LockSupport.unpark(thread);
    return ended.copy().completeOnTimeout(null, within.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    try {
      while (!closing) {
        if (flushes.isEmpty() && size.get() < limits.batch()) {
          LockSupport.parkNanos(this, limits.delay().toNanos());
        }
        handOnAll();
      }
      handOnAll();
    } finally {
      ended.complete(null);
      completeFlushes(Integer.MAX_VALUE);
      atEnd.run();
    }
  }

  private void handOnAll() {
    int asked = flushes.size();
    List<T> batch = take();
    while (!batch.isEmpty()) {
      handOn(batch);
      batch = take();
    }
    completeFlushes(asked);
  }

  private void completeFlushes(int most) {
    CompletableFuture<Void> next;
    for (int i = 0; i < most && (next = flushes.poll()) != null; i++) {
      next.complete(null);
    }
  }

  private List<T> take() {
    List<T> batch = new ArrayList<>();
    for (T next; batch.size() < limits.batch() && (next = waiting.poll()) != null; ) {
      batch.add(next);
      size.decrementAndGet();
    }
    return batch;
  }

  private void handOn(List<T> batch) {
    try {
      sink.accept(batch);
    } catch (RuntimeException failed) {
      stats.failed(batch.size());
      LOG.warn("{} records were not written by {}", batch.size(), thread.getName(), failed);
    }
  }
}
