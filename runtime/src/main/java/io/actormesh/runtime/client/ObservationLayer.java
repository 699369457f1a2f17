package io.actormesh.runtime.client;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.EdgeStats;

/**
 * Counts the calls that end without having been sent to any endpoint. Those that are sent are
 * counted attempt by attempt, where the endpoint is known.
 */
final class ObservationLayer implements Layer {

  private final Ticker ticker;

  ObservationLayer(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public void enter(Call<?> call, Onward onward) {
    onward.pass(call);
  }

  @Override
  public void leave(Call<?> call) {
    Outcome outcome = call.outcome();
    MeshFailure failure = outcome == null ? null : outcome.failure();
    if (call.attempts() == 0 && failure != null) {
      count(call, failure.code());
    }
  }

  private void count(Call<?> call, FailureCode code) {
    EdgeStats edge = call.target.stats().edge(call.caller, CallMetrics.NO_ENDPOINT);
    edge.begin();
    edge.end(code, ticker.nowNanos() - call.startedNanos, 0, 0);
  }
}
