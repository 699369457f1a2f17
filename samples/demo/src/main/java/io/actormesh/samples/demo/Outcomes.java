package io.actormesh.samples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Everything that happened to customers. Thread-safe. */
final class Outcomes {

  private final List<Outcome> all = new ArrayList<>();
  private final LongAdder movedOn = new LongAdder();

  synchronized void add(Outcome outcome) {
    all.add(outcome);
  }

  /** A door was shut, or about to be, and the customer went to another with nothing lost. */
  void movedOn() {
    movedOn.increment();
  }

  /** How often a customer went to another door. */
  long timesMovedOn() {
    return movedOn.sum();
  }

  synchronized List<Outcome> all() {
    return List.copyOf(all);
  }

  /** Those that ended since then, in the order they ended. */
  synchronized List<Outcome> since(long nanos) {
    int from = all.size();
    // A customer may add an outcome a moment after a later one: look a little further back.
    while (from > 0 && all.get(from - 1).endNanos() - nanos >= -100_000_000L) {
      from--;
    }
    return all.subList(from, all.size()).stream()
        .filter(outcome -> outcome.endNanos() - nanos >= 0)
        .toList();
  }
}
