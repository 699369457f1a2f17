package io.actormesh.runtime.node;

import java.time.Duration;
import org.apache.pekko.actor.Cancellable;
import org.jspecify.annotations.Nullable;

/** What a node does once in a while: advances the figures of the last seconds, forgets old ones. */
final class Housekeeping {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int TICKS_PER_SWEEP = 30;

  private final NodeAssembly node;
  private @Nullable Cancellable timer;
  private int ticks;

  Housekeeping(NodeAssembly node) {
    this.node = node;
  }

  void start() {
    timer =
        node.system()
            .scheduler()
            .scheduleAtFixedRate(TICK, TICK, this::tick, node.system().executionContext());
  }

  void close() {
    if (timer != null) {
      var unused = timer.cancel();
    }
  }

  private void tick() {
    node.metrics().tick();
    if (++ticks % TICKS_PER_SWEEP == 0) {
      node.clients().forgetEdges();
      node.metrics().sweep(edge -> present(edge.service(), edge.endpoint()));
    }
  }

  private boolean present(String service, String label) {
    return node.endpoints().route(service).endpoints().endpoints().stream()
        .anyMatch(endpoint -> endpoint.label().equals(label));
  }
}
