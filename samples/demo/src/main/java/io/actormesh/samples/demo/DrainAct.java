package io.actormesh.samples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node is told to leave while customers shop. */
final class DrainAct implements Act {

  private static final Duration TO_LEAVE = Duration.ofSeconds(30);
  private static final Duration AFTERWARDS = Duration.ofSeconds(3);

  private final Node leaver;

  DrainAct(Node leaver) {
    this.leaver = leaver;
  }

  @Override
  public String title() {
    return "drain " + leaver.name() + " by SIGTERM";
  }

  @Override
  public ActReport play(Stage stage) {
    long told = System.nanoTime();
    long movedBefore = stage.outcomes().timesMovedOn();
    leaver.terminate();
    boolean left = leaver.awaitEnd(TO_LEAVE);
    Duration took = Duration.ofNanos(System.nanoTime() - told);
    stage.linger(AFTERWARDS);
    boolean whole = stage.awaitWhole(AFTERWARDS);
    long moved = stage.outcomes().timesMovedOn() - movedBefore;
    return report(stage.since(told), left, took, whole, moved);
  }

  private ActReport report(Window window, boolean left, Duration took, boolean whole, long moved) {
    List<String> broken = new ArrayList<>();
    if (!window.failures().isEmpty()) {
      broken.add("The drain lost calls: " + Text.byCode(window.failuresByCode()) + ".");
    }
    if (!left) {
      broken.add(leaver.name() + " had not ended after " + Text.seconds(took) + ".");
    }
    if (!whole) {
      broken.add("The others still count on " + leaver.name() + ".");
    }
    String cost =
        Text.count(window.requests(), "request was", "requests were")
            + " made meanwhile, "
            + window.failures().size()
            + " failed; "
            + Text.count(moved, "customer", "customers")
            + " went to another door, sent there or because this one was shut, with nothing lost.";
    return new ActReport(List.of("It was gone after " + Text.seconds(took) + ". " + cost), broken);
  }
}
