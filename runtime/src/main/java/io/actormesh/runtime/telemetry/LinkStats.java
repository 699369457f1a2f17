package io.actormesh.runtime.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counters of the links to and from one node. Any thread; counting takes no lock. */
public final class LinkStats {

  private final String peer;
  private final LongAdder sentFrames = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private final LongAdder receivedFrames = new LongAdder();
  private final LongAdder receivedBytes = new LongAdder();
  private final Tally drops = new Tally();
  private volatile @Nullable Enum<?> state;
  private volatile boolean gone;

  LinkStats(String peer) {
    this.peer = peer;
  }

  /** Frames were written to the connection. */
  public void sent(int frames, long bytes) {
    sentFrames.add(frames);
    sentBytes.add(bytes);
  }

  /** Frames were read from the connection. */
  public void received(int frames, long bytes) {
    receivedFrames.add(frames);
    receivedBytes.add(bytes);
  }

  /**
   * Something was dropped.
   *
   * @param reason one of few fixed words
   */
  public void dropped(String reason) {
    drops.count(reason);
  }

  /** The outgoing link is now in the given state. */
  public void state(Enum<?> now) {
    state = now;
  }

  /** The node has left: its figures are forgotten after the retention. */
  public void gone() {
    gone = true;
  }

  /** The figures up to now. */
  public LinkSnapshot snapshot() {
    Enum<?> now = state;
    return new LinkSnapshot(
        peer,
        now == null ? "" : now.name(),
        states(now),
        sentFrames.sum(),
        sentBytes.sum(),
        receivedFrames.sum(),
        receivedBytes.sum(),
        drops.sums());
  }

  private static List<String> states(@Nullable Enum<?> now) {
    return now == null
        ? List.of()
        : Arrays.stream(now.getDeclaringClass().getEnumConstants()).map(Enum::name).toList();
  }

  boolean present() {
    return !gone;
  }

  LinkStats back() {
    gone = false;
    return this;
  }
}
