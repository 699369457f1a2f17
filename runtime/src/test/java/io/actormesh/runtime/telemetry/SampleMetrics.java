package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.failure.FailureCode;
import java.time.Instant;
import java.util.List;

/** Metrics in which every kind of figure has been counted at least once. */
final class SampleMetrics {

  private enum State {
    CONNECTING,
    UP
  }

  private SampleMetrics() {}

  static CallMetrics create(ManualTicker ticker) {
    CallMetrics metrics = new CallMetrics(ticker, TelemetrySettings.DEFAULTS);
    EdgeStats edge = metrics.edge("cart", "stock", "reserve", "n1/0");
    edge.begin();
    edge.begin();
    edge.end(null, 1_000_000, 100, 200);
    edge.end(FailureCode.DEADLINE, 15_000_000_000L, 100, 0);
    edge.begin();
    edge.streamOpened();
    edge.streamElement();
    edge.streamEnded(FailureCode.CANCELLED);
    HostStats host = metrics.hosted("stock", 0);
    host.started(20_000);
    host.answered(700_000, false);
    host.refused("QUEUE_FULL");
    host.secondReply();
    host.restarted();
    host.streamOpened();
    host.streamElement();
    host.streamEnded("OK");
    metrics.hostRefused("UNKNOWN_SERVICE");
    metrics.loads(() -> List.of(new InstanceLoad("stock", 0, 3, 1, 5_000_000)));
    metrics.link("n2").state(State.UP);
    metrics.link("n2").connected();
    metrics.traffic().sent(1000, 3);
    metrics.traffic().received(2000, 4);
    metrics.traffic().callerConnected();
    metrics.traffic().dropped("LATE_REPLY");
    metrics.traffic().streams(true).opened();
    metrics.traffic().streams(true).moved(3, 300);
    metrics.traffic().streams(true).ended(null);
    metrics.ingressRejected("expired");
    metrics.ingressCut("flood");
    metrics.output("spans").written(3);
    IngressStats route = metrics.ingress("POST /stock/reserve");
    route.begin();
    route.begin();
    route.end(200, 3_000_000);
    route.streams().begin();
    route.streams().elements(3, 1);
    route.streams().end(StreamEnd.COMPLETED);
    metrics.certificate(() -> new CertificateFigures(Instant.EPOCH, 2, false));
    return metrics;
  }
}
