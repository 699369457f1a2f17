package io.actormesh.runtime.client;

import io.actormesh.router.resilience.Failover;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.Attempt;
import java.time.Duration;

/** Lets a call try again elsewhere when its attempt failed and repeating it can do no harm. */
final class FailoverLayer implements Layer {

  private final Ticker ticker;
  private volatile Onward inward = call -> {};

  FailoverLayer(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public void enter(Call<?> call, Onward onward) {
    inward = onward;
    onward.pass(call);
  }

  @Override
  public void leave(Call<?> call) {
    call.releasePayload();
  }

  /** An attempt has failed: either another one starts, or the call ends with this failure. */
  void attemptFailed(Call<?> call, CallAttempt<?> attempt, AttemptFailure failure) {
    long now = ticker.nowNanos();
    Duration elapsed = Duration.ofNanos(now - attempt.startedNanos());
    call.remember(
        attempt.endpoint(),
        new Attempt(attempt.endpoint().label(), elapsed, failure.code(), failure.started()),
        failure);
    boolean again =
        !call.ended()
            && !call.argumentTaken()
            && Failover.tryElsewhere(
                failure.evidence(),
                call.attempts(),
                call.policy.maxAttempts(),
                call.policy.idempotent(),
                call.deadlineNanos - now);
    if (again) {
      inward.pass(call);
    } else {
      call.fail(failure.toFailure(call));
    }
  }
}
