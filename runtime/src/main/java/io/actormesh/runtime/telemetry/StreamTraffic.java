package io.actormesh.runtime.telemetry;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The counters of the streams that links carry in one direction. Any thread; counting takes no
 * lock, and elements are counted by the frame.
 */
public final class StreamTraffic {

  private static final String COMPLETED = "COMPLETED";

  private final LongAdder open = new LongAdder();
  private final LongAdder elements = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Tally ends = new Tally();

  StreamTraffic() {}

  /** A stream has been opened. */
  public void opened() {
    open.increment();
  }

  /** Elements were written or read. */
  public void moved(int count, long totalBytes) {
    elements.add(count);
    bytes.add(totalBytes);
  }

  /** A stream is over; the fault is null if it completed. */
  public void ended(@Nullable Enum<?> fault) {
    open.decrement();
    ends.count(fault == null ? COMPLETED : fault.name());
  }

  /** The figures up to now. */
  public StreamTrafficSnapshot snapshot() {
    return new StreamTrafficSnapshot(open.sum(), elements.sum(), bytes.sum(), ends.sums());
  }
}
