package io.actormesh.runtime.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of the streams of one route. Pair every {@link #begin} with exactly one {@link
 * #end}. Any thread; counting takes no lock.
 */
public final class DoorStreamStats {

  private final LongAdder begun = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final Map<StreamEnd, LongAdder> ended = new EnumMap<>(StreamEnd.class);

  DoorStreamStats() {
    for (StreamEnd end : StreamEnd.values()) {
      ended.put(end, new LongAdder());
    }
  }

  /** A stream has begun. */
  public void begin() {
    begun.increment();
  }

  /** Elements were sent to a client, or came from one. */
  public void elements(long toClient, long fromClient) {
    sent.add(toClient);
    received.add(fromClient);
  }

  /** A stream is over. */
  public void end(StreamEnd how) {
    requireNonNull(ended.get(how)).increment();
  }

  /** The figures up to now. */
  public DoorStreamSnapshot snapshot() {
    Map<StreamEnd, Long> ends = new EnumMap<>(StreamEnd.class);
    long over = 0;
    for (Map.Entry<StreamEnd, LongAdder> end : ended.entrySet()) {
      long count = end.getValue().sum();
      over += count;
      if (count != 0) {
        ends.put(end.getKey(), count);
      }
    }
    long all = begun.sum();
    return new DoorStreamSnapshot(all, Math.max(0, all - over), sent.sum(), received.sum(), ends);
  }
}
