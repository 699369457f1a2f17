package io.actormesh.runtime.client;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.Started;
import io.actormesh.throttle.Limiter;
import io.actormesh.throttle.Limiter.Outcome;
import java.time.Duration;

/** Bounds this node's calls in flight to a service: more are refused at once. */
final class AdmissionLayer implements Layer {

  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final Ticker ticker;

  AdmissionLayer(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public void enter(Call<?> call, Onward onward) {
    Limiter limiter = call.target.limiter();
    if (limiter.tryAcquire(call.startedNanos)) {
      onward.pass(call);
    } else {
      call.fail(
          FailureCode.CALLER_LIMIT,
          Started.NO,
          "This node has " + limiter.limit() + " calls to the service in flight, its limit.",
          RETRY_AFTER);
    }
  }

  @Override
  public void leave(Call<?> call) {
    // Called for admitted calls only: a layer sees the end of what it has passed on.
    call.target.limiter().release(Outcome.SUCCESS, call.startedNanos, ticker.nowNanos());
  }
}
