package io.actormesh.samples.demo;

import io.actormesh.samples.demo.Act.ActReport;
import io.actormesh.samples.demo.Outcome.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the demo has shown, in words; and whether every promise was kept. */
final class Report {

  /** What timers and a busy machine may add to a deadline. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Map<String, ActReport> acts = new LinkedHashMap<>();

  void add(String title, ActReport act) {
    acts.put(acts.size() + 1 + ", " + title, act);
  }

  /** Promises that were not kept, in any act or over all. */
  List<String> broken(Window all) {
    List<String> broken = new ArrayList<>();
    acts.values().forEach(act -> broken.addAll(act.broken()));
    untyped(all, broken);
    late(all, broken);
    return broken;
  }

  List<String> lines(Window all, Duration running) {
    List<String> lines = new ArrayList<>();
    lines.add(requests(all, running));
    if (!all.failures().isEmpty()) {
      lines.add(
          Text.count(all.failures().size(), "request", "requests")
              + " failed: "
              + Text.byCode(all.failuresByCode())
              + ".");
    }
    acts.forEach(
        (title, act) -> {
          lines.add("");
          lines.add("Act " + title);
          act.told().forEach(sentence -> lines.add("  " + sentence));
          act.broken().forEach(sentence -> lines.add("  BROKEN: " + sentence));
        });
    return lines;
  }

  private static String requests(Window all, Duration running) {
    return Text.count(all.requests(), "request", "requests")
        + " over HTTP in "
        + Text.seconds(running)
        + "; "
        + Text.count(all.refusals(), "order", "orders")
        + " refused by the shop on purpose; p50 "
        + Text.millis(all.percentile(0.5))
        + ", p99 "
        + Text.millis(all.percentile(0.99))
        + ".";
  }

  private static void untyped(Window all, List<String> broken) {
    List<Outcome> untyped =
        all.outcomes().stream().filter(o -> o.ending() == Ending.UNTYPED).toList();
    if (!untyped.isEmpty()) {
      broken.add(
          "Failures without a typed code: "
              + Text.byCode(Window.of(untyped).failuresByCode())
              + ", such as: "
              + untyped.get(0).detail());
    }
  }

  private static void late(Window all, List<String> broken) {
    Duration limit = Errand.DEADLINE.plus(GRACE);
    long late =
        all.outcomes().stream()
            .filter(o -> o.ending() == Ending.LATE || o.took().compareTo(limit) > 0)
            .count();
    if (late > 0) {
      broken.add(
          Text.count(late, "call", "calls") + " took longer than " + Text.seconds(limit) + ".");
    }
  }
}
