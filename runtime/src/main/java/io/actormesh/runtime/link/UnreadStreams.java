package io.actormesh.runtime.link;

import java.time.Duration;
import java.util.ArrayDeque;

/** Received streams that have yet to find a subscriber, the oldest first. Owned by the loop. */
final class UnreadStreams {

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Duration patience;

  UnreadStreams(Duration patience) {
    this.patience = patience;
  }

  void add(StreamReader reader, long nowNanos) {
    waiting.add(new Waiting(reader, nowNanos + patience.toNanos()));
  }

  /** Cancels those whose time is over; returns whether there were any. */
  boolean expire(long nowNanos) {
    boolean any = false;
    Waiting oldest = waiting.peek();
    while (oldest != null && (oldest.reader().subscribed() || oldest.dueNanos() - nowNanos <= 0)) {
      waiting.remove();
      if (!oldest.reader().subscribed()) {
        any = true;
        oldest.reader().expire("nobody subscribed to the stream within " + patience);
      }
      oldest = waiting.peek();
    }
    return any;
  }

  private record Waiting(StreamReader reader, long dueNanos) {}
}
