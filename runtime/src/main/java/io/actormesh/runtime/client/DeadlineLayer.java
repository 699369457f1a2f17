package io.actormesh.runtime.client;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.DeadlineExceeded;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.Phase;
import io.actormesh.runtime.failure.Started;

/** Ends calls whose time is over before they begin: the call they serve has used it up. */
final class DeadlineLayer implements Layer {

  private final Ticker ticker;

  DeadlineLayer(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public void enter(Call<?> call, Onward onward) {
    if (call.deadlineNanos - ticker.nowNanos() > 0) {
      onward.pass(call);
    } else {
      call.fail(
          new DeadlineExceeded(
              call.detail(
                  FailureCode.DEADLINE,
                  Started.NO,
                  "The deadline had passed before the call was sent.",
                  null),
              Phase.UNSENT));
    }
  }
}
