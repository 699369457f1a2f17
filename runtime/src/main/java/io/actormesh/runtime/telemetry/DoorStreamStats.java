package io.actormesh.runtime.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of the streams of one route. Pair every {@link #begin} with exactly one {@link
 * #end}. Any thread; counting takes no lock.
 */
public final class DoorStreamStats {

  private static final StreamEnd[] ENDS = StreamEnd.values();

  private final LongAdder begun = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final AtomicLongArray ended = new AtomicLongArray(ENDS.length);

  DoorStreamStats() {}

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
    ended.getAndIncrement(how.ordinal());
  }

  /** The figures up to now. */
  public DoorStreamSnapshot snapshot() {
    Map<StreamEnd, Long> ends = new EnumMap<>(StreamEnd.class);
    long over = 0;
    for (StreamEnd end : ENDS) {
      long count = ended.get(end.ordinal());
      over += count;
      if (count != 0) {
        ends.put(end, count);
      }
    }
    long all = begun.sum();
    return new DoorStreamSnapshot(all, Math.max(0, all - over), sent.sum(), received.sum(), ends);
  }
}
