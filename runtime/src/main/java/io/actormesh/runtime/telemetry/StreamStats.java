package io.actormesh.runtime.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** Counts streams: opened, ended by outcome, and their elements. Any thread; takes no lock. */
final class StreamStats {

  private final LongAdder opened = new LongAdder();
  private final LongAdder elements = new LongAdder();
  private final Tally ended = new Tally();

  void opened() {
    opened.increment();
  }

  void element() {
    elements.increment();
  }

  void ended(String outcome) {
    ended.count(outcome);
  }

  long open() {
    return figures().open();
  }

  StreamFigures figures() {
    // Ends are read before starts, so that a stream is never seen ended and not opened.
    var ends = ended.sums();
    return new StreamFigures(opened.sum(), ends, elements.sum());
  }
}
