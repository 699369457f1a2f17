package io.actormesh.runtime.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** What became of the records that go out of the node, such as spans. Thread-safe. */
public final class OutputStats {

  private final String name;
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failed = new LongAdder();

  OutputStats(String name) {
    this.name = name;
  }

  /** Which records: {@code spans}, {@code access-log}. */
  public String name() {
    return name;
  }

  /** Records that have reached their destination. */
  public void written(int records) {
    written.add(records);
  }

  /** A record that found no room, because the destination does not keep up. */
  public void dropped() {
    dropped.increment();
  }

  /** Records that the destination did not take. */
  public void failed(int records) {
    failed.add(records);
  }

  public long written() {
    return written.sum();
  }

  public long drops() {
    return dropped.sum();
  }

  public long failures() {
    return failed.sum();
  }
}
