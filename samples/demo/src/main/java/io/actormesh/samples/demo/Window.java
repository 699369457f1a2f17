package io.actormesh.samples.demo;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Figures of a stretch of time.
 *
 * @param outcomes what ended in it, in that order
 */
record Window(List<Outcome> outcomes) {

  int requests() {
    return outcomes.size();
  }

  List<Outcome> failures() {
    return outcomes.stream().filter(Outcome::failed).toList();
  }

  /** How many failures there were of each code. */
  Map<String, Long> failuresByCode() {
    return failures().stream()
        .collect(Collectors.groupingBy(Outcome::code, TreeMap::new, Collectors.counting()));
  }

  long refusals() {
    return outcomes.stream().filter(outcome -> outcome.ending() == Outcome.Ending.REFUSED).count();
  }

  /** The time within which this share of the requests ended, 0 to 1. */
  Duration percentile(double share) {
    List<Duration> times = outcomes.stream().map(Outcome::took).sorted().toList();
    int rank = (int) Math.ceil(share * times.size());
    return times.isEmpty() ? Duration.ZERO : times.get(Math.max(0, rank - 1));
  }

  /** The longest that any one customer was without an answer of use, counted from then on. */
  Duration longestGap(long fromNanos) {
    Map<Integer, Long> lastSeen = new HashMap<>();
    long longest = 0;
    for (Outcome outcome : outcomes) {
      if (!outcome.failed()) {
        long last = lastSeen.getOrDefault(outcome.client(), fromNanos);
        longest = Math.max(longest, outcome.endNanos() - last);
        lastSeen.put(outcome.client(), outcome.endNanos());
      }
    }
    return Duration.ofNanos(longest);
  }

  /** These figures for each pair of node and operation that it has. */
  Map<String, Window> byNodeAndOperation() {
    Map<String, Window> rows = new TreeMap<>();
    outcomes.stream()
        .collect(Collectors.groupingBy(Window::row))
        .forEach((row, those) -> rows.put(row, new Window(those)));
    return rows;
  }

  private static String row(Outcome outcome) {
    return Text.pad(outcome.door(), 6) + Text.pad(outcome.operation(), 22);
  }

  static Window of(Collection<Outcome> outcomes) {
    return new Window(List.copyOf(outcomes));
  }
}
