package io.actormesh.runtime.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** The counters of all links of this node together. Any thread; counting takes no lock. */
public final class LinkTraffic {

  private final LongAdder sentFrames = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private final LongAdder receivedFrames = new LongAdder();
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder callerConnects = new LongAdder();
  private final LongAdder callerDisconnects = new LongAdder();
  private final Tally drops = new Tally();
  private final StreamTraffic sentStreams = new StreamTraffic();
  private final StreamTraffic receivedStreams = new StreamTraffic();

  LinkTraffic() {}

  /** Frames were written to connections. */
  public void sent(long bytes, int frames) {
    sentFrames.add(frames);
    sentBytes.add(bytes);
  }

  /** Frames were read from connections. */
  public void received(long bytes, int frames) {
    receivedFrames.add(frames);
    receivedBytes.add(bytes);
  }

  /** Another node's connection to this one has finished its handshake. */
  public void callerConnected() {
    callerConnects.increment();
  }

  /** Another node's connection to this one was turned away, broke or was closed. */
  public void callerDisconnected() {
    callerDisconnects.increment();
  }

  /** The counters of the streams that are sent, or of those that are received. */
  public StreamTraffic streams(boolean sent) {
    return sent ? sentStreams : receivedStreams;
  }

  /**
   * Something was dropped.
   *
   * @param reason one of few fixed words
   */
  public void dropped(String reason) {
    drops.count(reason);
  }

  /** The figures up to now. */
  public LinkTrafficSnapshot snapshot() {
    return new LinkTrafficSnapshot(
        sentFrames.sum(),
        sentBytes.sum(),
        receivedFrames.sum(),
        receivedBytes.sum(),
        callerConnects.sum(),
        callerDisconnects.sum(),
        drops.sums(),
        sentStreams.snapshot(),
        receivedStreams.snapshot());
  }
}
