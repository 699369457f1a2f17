package io.actormesh.samples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three processes become one mesh, and every one of them can call every service of the others. */
final class JoinAct implements Act {

  private static final Duration TO_BECOME_ONE = Duration.ofSeconds(60);
  private static final Duration STEADY = Duration.ofSeconds(10);

  @Override
  public String title() {
    return "join and discover";
  }

  @Override
  public ActReport play(Stage stage) {
    long start = System.nanoTime();
    stage.nodes().forEach(stage::start);
    if (!stage.awaitWhole(TO_BECOME_ONE)) {
      String ended = stage.ended();
      return new ActReport(
          List.of(),
          List.of(
              "The nodes did not become a mesh within "
                  + Text.seconds(TO_BECOME_ONE)
                  + (ended.isEmpty() ? "." : "; ended: " + ended + ".")));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    stage.table().say("  one mesh after " + Text.seconds(took) + "; customers come in");
    stage.traffic().start();
    long open = System.nanoTime();
    stage.linger(STEADY);
    return report(stage, took, stage.since(open));
  }

  private static ActReport report(Stage stage, Duration took, Window window) {
    List<String> broken = new ArrayList<>();
    if (!window.failures().isEmpty()) {
      broken.add("Calls failed in peace: " + Text.byCode(window.failuresByCode()) + ".");
    }
    String pricing = stage.admin().codec(stage.nodes().get(0), "pricing");
    if (!pricing.startsWith("kryo ")) {
      broken.add("pricing is configured for kryo, but speaks " + pricing + ".");
    }
    return new ActReport(
        List.of(
            "Three JVMs were one mesh "
                + Text.seconds(took)
                + " after they were started; each sees every service on every node.",
            "pricing speaks "
                + pricing
                + ", catalog "
                + stage.admin().codec(stage.nodes().get(0), "catalog")
                + ". "
                + Text.count(window.requests(), "request", "requests")
                + ", p50 "
                + Text.millis(window.percentile(0.5))
                + ", p99 "
                + Text.millis(window.percentile(0.99))
                + "."),
        broken);
  }
}
