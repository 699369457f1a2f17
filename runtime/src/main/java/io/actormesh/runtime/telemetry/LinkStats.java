package io.actormesh.runtime.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What becomes of the link from this node to another. Any thread; counting takes no lock. */
public final class LinkStats {

  private final String peer;
  private final LongAdder connects = new LongAdder();
  private final LongAdder disconnects = new LongAdder();
  private volatile @Nullable Enum<?> state;
  private volatile boolean gone;

  LinkStats(String peer) {
    this.peer = peer;
  }

  /** A connection to the node has been made. */
  public void connected() {
    connects.increment();
  }

  /** A connection to the node could not be made, broke or was closed. */
  public void disconnected() {
    disconnects.increment();
  }

  /** The link is now in the given state. */
  public void state(Enum<?> now) {
    state = now;
    gone = false;
  }

  /** The link is closed for good: its figures are forgotten after the retention. */
  public void gone() {
    gone = true;
  }

  /** The figures up to now. */
  public LinkSnapshot snapshot() {
    Enum<?> now = state;
    String name = now == null ? "" : now.name();
    return new LinkSnapshot(peer, name, states(now), connects.sum(), disconnects.sum());
  }

  private static List<String> states(@Nullable Enum<?> now) {
    return now == null
        ? List.of()
        : Arrays.stream(now.getDeclaringClass().getEnumConstants()).map(Enum::name).toList();
  }

  boolean present() {
    return !gone;
  }
}
