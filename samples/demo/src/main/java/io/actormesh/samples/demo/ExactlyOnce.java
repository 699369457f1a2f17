package io.actormesh.samples.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds what a follower has seen of an order against the order's book. */
final class ExactlyOnce {

  private ExactlyOnce() {}

  /** What does not fit, in sentences: something missing, twice, out of order or never written. */
  static List<String> wrong(List<Status> seen, List<Status> book) {
    List<String> wrong = new ArrayList<>();
    Set<Status> once = new HashSet<>();
    int missing = (int) book.stream().filter(status -> !seen.contains(status)).count();
    int twice = (int) seen.stream().filter(status -> !once.add(status)).count();
    int invented = (int) once.stream().filter(status -> !book.contains(status)).count();
    count(missing, "missing", wrong);
    count(twice, "seen twice", wrong);
    count(invented, "not in the book", wrong);
    if (wrong.isEmpty() && !seen.equals(book)) {
      wrong.add("The events came out of order.");
    }
    return wrong;
  }

  private static void count(int number, String what, List<String> wrong) {
    if (number > 0) {
      wrong.add(Text.count(number, "event is ", "events are ") + what + ".");
    }
  }
}
