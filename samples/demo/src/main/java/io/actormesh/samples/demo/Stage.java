package io.actormesh.samples.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What acts have to work with.
 *
 * @param nodes the mesh; the first is the one that the others join
 * @param admin asks them how they are
 * @param outcomes what happened to customers
 * @param traffic the customers
 * @param table what the audience sees
 */
record Stage(List<Node> nodes, Admin admin, Outcomes outcomes, Traffic traffic, LiveTable table) {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** Starts a node, or starts it again. */
  void start(Node node) {
    node.start(nodes.get(0).seed());
  }

  List<Node> alive() {
    return nodes.stream().filter(Node::alive).toList();
  }

  /** Whether every living node sees all the others and their services, within this time. */
  boolean awaitWhole(Duration patience) {
    List<Node> alive = alive();
    return await(patience, () -> alive.stream().allMatch(node -> admin.sees(node, alive.size())));
  }

  /** Lets the play go on for a while. */
  void linger(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether this came true within the time. */
  boolean await(Duration patience, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > patience.toNanos() || Thread.interrupted()) {
        return false;
      }
      linger(LOOK_EVERY);
    }
    return true;
  }

  Window since(long nanos) {
    return Window.of(outcomes.since(nanos));
  }

  /** The names of the nodes that have ended, though nobody made them. */
  String ended() {
    return nodes.stream()
        .filter(node -> !node.alive())
        .map(Node::name)
        .collect(Collectors.joining(", "));
  }
}
