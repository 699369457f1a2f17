package io.actormesh.samples.demo;

import io.actormesh.samples.demo.Outcome.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node dies without a word, and comes back. */
final class KillAct implements Act {

  private static final Duration DEAD = Duration.ofSeconds(5);
  private static final Duration TO_HEAL = Duration.ofSeconds(30);
  private static final Duration AFTERWARDS = Duration.ofSeconds(4);
  private static final Duration FAILURES_END = Duration.ofSeconds(3);

  private final Node victim;

  KillAct(Node victim) {
    this.victim = victim;
  }

  @Override
  public String title() {
    return "kill -9 " + victim.name() + ", and start it again";
  }

  @Override
  public ActReport play(Stage stage) {
    long killed = System.nanoTime();
    victim.kill();
    stage.linger(DEAD);
    long restarted = System.nanoTime();
    stage.table().say("  " + victim.name() + " is started again");
    stage.start(victim);
    boolean healed = stage.awaitWhole(TO_HEAL);
    Duration back = Duration.ofNanos(System.nanoTime() - restarted);
    stage.linger(AFTERWARDS);
    return report(stage.since(killed), killed, healed, back);
  }

  private ActReport report(Window window, long killed, boolean healed, Duration back) {
    List<Outcome> failures = window.failures();
    List<String> broken = new ArrayList<>();
    late(failures, killed, broken);
    lostElsewhere(failures, broken);
    if (!healed) {
      broken.add("The mesh had not healed " + Text.seconds(TO_HEAL) + " after the restart.");
    }
    List<String> told = new ArrayList<>();
    told.add(cost(window, failures, killed));
    if (healed) {
      told.add("It was back, and seen by all, " + Text.seconds(back) + " after its restart.");
    }
    return new ActReport(told, broken);
  }

  private String cost(Window window, List<Outcome> failures, long killed) {
    Duration gap = window.longestGap(killed);
    String waited = " The longest that any customer went without an answer: ";
    if (failures.isEmpty()) {
      return "No request failed." + waited + Text.millis(gap) + ".";
    }
    long last = failures.stream().mapToLong(Outcome::endNanos).max().orElse(killed);
    return Text.count(failures.size(), "request", "requests")
        + " failed, all within "
        + Text.millis(Duration.ofNanos(last - killed))
        + " of its death: "
        + Text.byCode(window.failuresByCode())
        + ". What the dead front door had in hand is lost with its connections."
        + waited
        + Text.millis(gap)
        + ".";
  }

  private static void late(List<Outcome> failures, long killed, List<String> broken) {
    long ends = killed + FAILURES_END.toNanos();
    List<Outcome> late =
        failures.stream().filter(failure -> failure.startNanos() - ends > 0).toList();
    if (!late.isEmpty()) {
      broken.add(
          "Calls made later than "
              + Text.seconds(FAILURES_END)
              + " after the kill failed: "
              + Text.byCode(Window.of(late).failuresByCode())
              + ".");
    }
  }

  /** Only the door that died may lose connections. */
  private void lostElsewhere(List<Outcome> failures, List<String> broken) {
    long lost =
        failures.stream()
            .filter(failure -> failure.ending() == Ending.LOST)
            .filter(failure -> !failure.door().equals(victim.name()))
            .count();
    if (lost > 0) {
      broken.add(lost + " connections to nodes that live were lost.");
    }
  }
}
