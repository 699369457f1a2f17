package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.call.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that the test moves. */
public final class ManualTicker implements Ticker {

  private final AtomicLong now = new AtomicLong(-5_000_000_000L);

  @Override
  public long nowNanos() {
    return now.get();
  }

  public void advance(Duration by) {
    now.addAndGet(by.toNanos());
  }
}
