package io.actormesh.it;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Keeps a number of calls outstanding, and remembers how each of them went. */
final class Load {

  /** The outcome of a call that succeeded. */
  static final String OK = "OK";

  private final Supplier<CompletionStage<String>> calls;
  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch ended;
  private volatile boolean stopping;

  private Load(int outstanding, Supplier<CompletionStage<String>> calls) {
    this.calls = calls;
    this.ended = new CountDownLatch(outstanding);
  }

  /**
   * One call.
   *
   * @param outcome {@link #OK}, or a failure's code
   * @param by who served it; empty if nobody
   */
  record Sample(long begun, long ended, String outcome, String by) {

    boolean ok() {
      return outcome.equals(OK);
    }
  }

  /**
   * Starts it.
   *
   * @param calls starts one call, which completes with the name of the node that served it
   */
  static Load start(int outstanding, Supplier<CompletionStage<String>> calls) {
    Load load = new Load(outstanding, calls);
    for (int i = 0; i < outstanding; i++) {
      load.next();
    }
    return load;
  }

  /** How many calls have ended. */
  int count() {
    return samples.size();
  }

  /** The nodes that served calls that began after a moment. */
  List<String> servers(long since) {
    return samples.stream()
        .filter(sample -> sample.begun() > since)
        .map(Sample::by)
        .distinct()
        .toList();
  }

  /** Ends it: no more calls begin, and all that have begun must end. */
  List<Sample> stop() throws InterruptedException {
    stopping = true;
    if (!ended.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError(
          begun.get() - samples.size() + " of " + begun.get() + " calls have not ended");
    }
    return List.copyOf(samples);
  }

  private void next() {
    if (stopping) {
      ended.countDown();
      return;
    }
    begun.incrementAndGet();
    long start = System.nanoTime();
    calls
        .get()
        .whenComplete(
            (by, failure) -> {
              samples.add(sample(start, by, failure));
              next();
            });
  }

  private static Sample sample(long start, @Nullable String by, @Nullable Throwable failure) {
    long end = System.nanoTime();
    return by != null
        ? new Sample(start, end, OK, by)
        : new Sample(start, end, Relay.code(failure), "");
  }

  /** The value below which a share of the samples lies, in milliseconds. */
  static double percentile(List<Sample> samples, double share, ToLongFunction<Sample> nanos) {
    long[] sorted = samples.stream().mapToLong(nanos).sorted().toArray();
    if (sorted.length == 0) {
      return 0;
    }
    int index = (int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)));
    return sorted[index] / 1e6;
  }

  /** Waits without looking at anything. */
  static void pause(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
