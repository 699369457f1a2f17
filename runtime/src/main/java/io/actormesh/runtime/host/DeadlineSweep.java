package io.actormesh.runtime.host;

import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.throttle.Limiter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One look at the calls of an instance: ends those whose deadline has passed. */
final class DeadlineSweep<C> implements Consumer<HostedCall<C>> {

  private static final Refusal EXPIRED =
      Refusal.of(RefusalReason.EXPIRED, "its deadline passed while it waited; it was not run");
  private static final Refusal UNANSWERED =
      Refusal.of(RefusalReason.UNANSWERED, "the service had not answered at the deadline");

  private final long now;
  private final AtomicLong unanswered;
  private long oldestArrived;
  private boolean any;

  /**
   * A look at the given time.
   *
   * @param unanswered counts the calls that were started and not answered in time
   */
  DeadlineSweep(long now, AtomicLong unanswered) {
    this.now = now;
    this.unanswered = unanswered;
    this.oldestArrived = now;
  }

  @Override
  public void accept(HostedCall<C> call) {
    if (call.expired(now)) {
      end(call);
      return;
    }
    any = true;
    if (call.state() == CallState.QUEUED && call.arrivedNanos() - oldestArrived < 0) {
      oldestArrived = call.arrivedNanos();
    }
  }

  private void end(HostedCall<C> call) {
    if (!expire(call) && call.fail(UNANSWERED, Limiter.Outcome.DROPPED)) {
      unanswered.incrementAndGet();
    }
  }

  /** Ends a call whose deadline has passed, if it still waits. */
  static boolean expire(HostedCall<?> call) {
    return call.leaveQueue(CallState.EXPIRED, EXPIRED);
  }

  /** When the oldest of the waiting calls arrived; now, if none waits. */
  long oldestArrived() {
    return oldestArrived;
  }

  /** Whether a call remains. */
  boolean any() {
    return any;
  }
}
