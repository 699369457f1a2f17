package io.actormesh.runtime.external;

import java.util.concurrent.atomic.AtomicInteger;

/** One address at which a service is served, as this node sees it. */
final class Place {

  private final String authority;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile long avoidedUntilNanos;
  private volatile boolean avoided;

  /**
   * @param authority {@code host:port}
   */
  Place(String authority) {
    this.authority = authority;
  }

  String authority() {
    return authority;
  }

  int inFlight() {
    return inFlight.get();
  }

  void begin() {
    inFlight.incrementAndGet();
  }

  void end() {
    inFlight.decrementAndGet();
  }

  void avoidUntil(long nanos) {
    avoidedUntilNanos = nanos;
    avoided = true;
  }

  boolean avoided(long nowNanos) {
    return avoided && nowNanos - avoidedUntilNanos < 0;
  }

  @Override
  public String toString() {
    return authority;
  }
}
