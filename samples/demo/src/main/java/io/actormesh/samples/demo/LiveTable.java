package io.actormesh.samples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows, once a second, what customers see: as a table on a terminal, as lines elsewhere. */
final class LiveTable {

  private static final Duration SHOWN = Duration.ofSeconds(3);
  private static final int SECONDS_PER_LINE = 3;
  private static final String HEADER =
      Text.pad("node", 6)
          + Text.pad("operation", 22)
          + Text.right("calls/s", 9)
          + Text.right("failures", 10)
          + Text.right("p50", 11)
          + Text.right("p99", 11);

  private final Outcomes outcomes;
  private final PrintStream out;
  private final boolean terminal;
  private final long startNanos = System.nanoTime();
  private int drawn;
  private int ticks;

  LiveTable(Outcomes outcomes, PrintStream out, boolean terminal) {
    this.outcomes = outcomes;
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints a line that stays, above the table. */
  synchronized void say(String line) {
    erase();
    out.println(line);
  }

  synchronized void tick() {
    Window window = Window.of(outcomes.since(System.nanoTime() - SHOWN.toNanos()));
    if (terminal) {
      List<String> lines = table(window);
      erase();
      lines.forEach(out::println);
      drawn = lines.size();
      out.flush();
    } else if (ticks++ % SECONDS_PER_LINE == 0 && window.requests() > 0) {
      out.println("  " + summary(window));
    }
  }

  /** Takes the table away. */
  synchronized void erase() {
    if (drawn > 0) {
      out.print("\033[" + drawn + "A\033[J");
      drawn = 0;
    }
  }

  private List<String> table(Window window) {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (Map.Entry<String, Window> row : window.byNodeAndOperation().entrySet()) {
      lines.add(row.getKey() + figures(row.getValue()));
    }
    lines.add(summary(window));
    return lines;
  }

  private static String figures(Window window) {
    return Text.right(Long.toString(rate(window)), 9)
        + Text.right(Integer.toString(window.failures().size()), 10)
        + Text.right(Text.millis(window.percentile(0.5)), 11)
        + Text.right(Text.millis(window.percentile(0.99)), 11);
  }

  private String summary(Window window) {
    Duration running = Duration.ofNanos(System.nanoTime() - startNanos);
    return Text.right(Text.seconds(running), 7)
        + Text.right(rate(window) + " calls/s", 13)
        + Text.right(window.failures().size() + " failures", 13)
        + "  p50 "
        + Text.millis(window.percentile(0.5))
        + "  p99 "
        + Text.millis(window.percentile(0.99));
  }

  private static long rate(Window window) {
    return Math.round(window.requests() * 1000.0 / SHOWN.toMillis());
  }
}
