package io.actormesh.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.host.HostObserver.InstanceObserver;
import io.actormesh.runtime.host.HostedServiceStatus;
import io.actormesh.runtime.host.HostedServiceStatus.InstanceStatus;
import io.actormesh.runtime.host.HostedServiceStatus.Lifecycle;
import io.actormesh.runtime.link.LinkObserver.Drop;
import io.actormesh.runtime.link.LinkPeer;
import io.actormesh.runtime.link.LinkState;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.policy.ExecutionModel;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.HostSnapshot;
import io.actormesh.runtime.telemetry.InstanceLoad;
import io.actormesh.runtime.telemetry.LinkSnapshot;
import io.actormesh.runtime.telemetry.TelemetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsAdaptersTest {

  private static final LinkPeer PEER = new LinkPeer("n2", "127.0.0.1:7355", 1, "127.0.0.1", 9);

  private final CallMetrics metrics =
      new CallMetrics(Ticker.system(), new TelemetrySettings(100, Duration.ZERO));

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void whatAnInstanceDoesIsCounted() {
    HostMetrics host = new HostMetrics(metrics);
    InstanceObserver instance = host.instance("stock", 1);
    instance.queued(10);
    instance.started(1000);
    instance.answered(2000, true);
    instance.started(1000);
    instance.failed(RefusalReason.FAILED, 3000);
    instance.left(RefusalReason.EXPIRED);
    instance.refused(RefusalReason.QUEUE_FULL);
    instance.secondReply();
    instance.lateReply();
    instance.abandoned();
    instance.replaced();
    HostSnapshot snapshot = metrics.instances().get(0);
    assertThat(snapshot.started()).isEqualTo(2);
    assertThat(snapshot.served().count()).isEqualTo(2);
    assertThat(snapshot.servedNanos()).isEqualTo(5000);
    assertThat(snapshot.errors()).isEqualTo(1);
    assertThat(snapshot.restarts()).isEqualTo(1);
    assertThat(snapshot.refusals())
        .isEqualTo(Map.of("FAILED", 1L, "EXPIRED", 1L, "QUEUE_FULL", 1L));
    assertThat(snapshot.drops()).hasSize(3);
  }

  @Test
  void aCallToAnUnknownServiceIsCountedWithoutItsName() {
    new HostMetrics(metrics).refused("no-such-service", RefusalReason.UNKNOWN_SERVICE);
    assertThat(metrics.hostRefusals()).isEqualTo(Map.of("UNKNOWN_SERVICE", 1L));
    assertThat(metrics.scrape("").text()).doesNotContain("no-such-service");
  }

  @Test
  void theHostsStatusSaysWhatInstancesAreBusyWith() {
    InstanceStatus instance =
        new InstanceStatus(3, Lifecycle.READY, 2, 5, 100, Duration.ofMillis(7), 500, 0, 0, 0);
    HostedServiceStatus service =
        new HostedServiceStatus(
            "stock", "schema", ExecutionModel.DISPATCHER, false, false, List.of(instance));
    assertThat(HostMetrics.loads(List.of(service)))
        .containsExactly(new InstanceLoad("stock", 3, 5, 2, 7_000_000));
  }

  @Test
  void whatLinksDoIsCounted() {
    LinkMetrics links = new LinkMetrics(metrics);
    links.onRead(100, 2);
    links.onWritten(300, 4);
    links.onCallerConnected("127.0.0.1:1");
    links.onCallerDisconnected("127.0.0.1:1", "closed");
    links.onDropped(Drop.LATE_REPLY);
    assertThat(metrics.traffic().snapshot().receivedBytes()).isEqualTo(100);
    assertThat(metrics.traffic().snapshot().receivedFrames()).isEqualTo(2);
    assertThat(metrics.traffic().snapshot().sentBytes()).isEqualTo(300);
    assertThat(metrics.traffic().snapshot().sentFrames()).isEqualTo(4);
    assertThat(metrics.traffic().snapshot().callerConnects()).isEqualTo(1);
    assertThat(metrics.traffic().snapshot().callerDisconnects()).isEqualTo(1);
    assertThat(metrics.traffic().snapshot().drops()).isEqualTo(Map.of("LATE_REPLY", 1L));
  }

  @Test
  void aClosedLinkIsForgottenEvenIfItsConnectionBreaksAfterwards() {
    LinkMetrics links = new LinkMetrics(metrics);
    links.onConnected(PEER);
    links.onState(PEER, LinkState.CONNECTING, LinkState.UP, "connected");
    LinkSnapshot up = metrics.links().get(0);
    assertThat(up.state()).isEqualTo("UP");
    assertThat(up.states()).contains("SILENT", "DOWN");
    assertThat(up.connects()).isEqualTo(1);
    links.onState(PEER, LinkState.UP, LinkState.CLOSED, "the node has left");
    links.onDisconnected(PEER, "closed");
    metrics.sweep(id -> true);
    assertThat(metrics.links()).isEmpty();
  }
}
