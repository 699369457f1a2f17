package io.actormesh.runtime.telemetry;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by reason. Reasons are few and fixed words, so each gets a counter when it first occurs.
 */
final class Tally {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>(4);

  void count(String reason) {
    LongAdder known = counts.get(reason);
    if (known == null) {
      known = counts.computeIfAbsent(reason, any -> new LongAdder());
    }
    known.increment();
  }

  Map<String, Long> sums() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((reason, adder) -> sums.put(reason, adder.sum()));
    return sums;
  }
}
