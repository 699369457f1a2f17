package io.actormesh.runtime.observe;

import io.actormesh.runtime.host.HostObserver;
import io.actormesh.runtime.host.HostedServiceStatus;
import io.actormesh.runtime.host.HostedServiceStatus.InstanceStatus;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.link.StreamFault;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.HostStats;
import io.actormesh.runtime.telemetry.InstanceLoad;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts what the host does. */
public final class HostMetrics implements HostObserver {

  private final CallMetrics metrics;

  /** Counts into the given metrics. */
  public HostMetrics(CallMetrics metrics) {
    this.metrics = metrics;
  }

  /** What the instances of a host are busy with, for {@link CallMetrics#loads}. */
  public static List<InstanceLoad> loads(List<HostedServiceStatus> status) {
    return status.stream().flatMap(HostMetrics::loads).toList();
  }

  @Override
  public InstanceObserver instance(String service, int instance) {
    return new Instance(metrics.hosted(service, instance));
  }

  @Override
  public void refused(String service, RefusalReason reason) {
    metrics.hostRefused(reason.name());
  }

  private static Stream<InstanceLoad> loads(HostedServiceStatus service) {
    return service.instances().stream().map(instance -> load(service.service(), instance));
  }

  private static InstanceLoad load(String service, InstanceStatus instance) {
    return new InstanceLoad(
        service,
        instance.id(),
        instance.queued(),
        instance.started(),
        instance.oldestQueued().toNanos());
  }

  private record Instance(HostStats stats) implements InstanceObserver {

    @Override
    public void started(long queuedNanos) {
      stats.started(queuedNanos);
    }

    @Override
    public void answered(long serviceNanos, boolean error) {
      stats.answered(serviceNanos, error);
    }

    @Override
    public void refused(RefusalReason reason) {
      stats.refused(reason.name());
    }

    @Override
    public void left(RefusalReason reason) {
      stats.refused(reason.name());
    }

    @Override
    public void failed(RefusalReason reason, long serviceNanos) {
      stats.failed(reason.name(), serviceNanos);
    }

    @Override
    public void secondReply() {
      stats.secondReply();
    }

    @Override
    public void lateReply() {
      stats.lateReply();
    }

    @Override
    public void abandoned() {
      stats.abandoned();
    }

    @Override
    public void streamOpened() {
      stats.streamOpened();
    }

    @Override
    public void streamElement() {
      stats.streamElement();
    }

    @Override
    public void streamEnded(@Nullable StreamFault fault) {
      stats.streamEnded(fault == null ? "OK" : fault.name());
    }

    @Override
    public void replaced() {
      stats.restarted();
    }
  }
}
