package io.actormesh.throttle;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * A limit on how many may be in flight at once that does not move by itself. By Little's law it
 * bounds the throughput to {@code limit / time in system}, and so the memory that waiting work
 * takes.
 */
public final class FixedLimit implements Limiter {

  private final IntSupplier limit;
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * A limit of the given size.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public FixedLimit(int limit) {
    this(() -> limit);
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
    }
  }

  /**
   * A limit that somebody else may set anew while it serves; what is in flight stays so.
   *
   * @param limit asked at each acquire: must be quick, and at least 1
   */
  public FixedLimit(IntSupplier limit) {
    this.limit = limit;
  }

  @Override
  public boolean tryAcquire(long nowNanos) {
    // Optimistic: one atomic add in the common case. A refused attempt is visible to others for a
    // moment, so that a limiter at its edge may refuse one too many, never admit one too many.
    if (inFlight.incrementAndGet() <= limit.getAsInt()) {
      return true;
    }
    inFlight.decrementAndGet();
    return false;
  }

  @Override
  public void release(Outcome outcome, long startedNanos, long nowNanos) {
    if (inFlight.decrementAndGet() < 0) {
      inFlight.incrementAndGet();
      throw new IllegalStateException("released more often than acquired");
    }
  }

  @Override
  public int limit() {
    return limit.getAsInt();
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }
}
