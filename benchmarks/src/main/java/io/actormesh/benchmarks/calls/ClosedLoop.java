package io.actormesh.benchmarks.calls;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Keeps a number of calls outstanding for a while: whoever completes starts the next one. */
final class ClosedLoop {

  private final Contender contender;
  private final long endNanos;
  private final ConcurrentHistogram latency = new ConcurrentHistogram(60_000_000_000L, 2);
  private final LongAdder failures = new LongAdder();
  private final Phaser outstanding = new Phaser(1);

  private ClosedLoop(Contender contender, long endNanos) {
    this.contender = contender;
    this.endNanos = endNanos;
  }

  record Result(Histogram latencyNanos, long failures, double seconds) {
    double perSecond() {
      return latencyNanos.getTotalCount() / seconds;
    }

    double micros(double percentile) {
      return latencyNanos.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  static Result run(Contender contender, int outstanding, double seconds) {
    long start = System.nanoTime();
    ClosedLoop loop = new ClosedLoop(contender, start + (long) (seconds * 1e9));
    for (int i = 0; i < outstanding; i++) {
      loop.outstanding.register();
      loop.next(i);
    }
    loop.outstanding.arriveAndAwaitAdvance();
    double took = (System.nanoTime() - start) / 1e9;
    return new Result(loop.latency, loop.failures.sum(), took);
  }

  private void next(int number) {
    long began = System.nanoTime();
    if (began - endNanos >= 0) {
      outstanding.arriveAndDeregister();
      return;
    }
    var unused =
        contender
            .call()
            .apply(number)
            .whenComplete(
                (said, failure) -> {
                  if (failure == null && said.number() == number) {
                    latency.recordValue(System.nanoTime() - began);
                  } else {
                    failures.increment();
                  }
                  next(number);
                });
  }
}
