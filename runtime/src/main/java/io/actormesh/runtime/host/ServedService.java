package io.actormesh.runtime.host;

import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.codec.PayloadCodec;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.SchemaCompatibility;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.host.HostedServiceStatus.InstanceStatus;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.runtime.link.OutboundCall;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One service on this node: its contract, and the instances that serve it. Thread-safe. */
final class ServedService<C> {

  private final ServiceContract<C> contract;
  private final ServiceFrame frame;
  private final List<Instance<C>> instances;
  private final Map<String, OperationBinding<C>> bindings = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  ServedService(ServiceContract<C> contract, ServiceFrame frame, int size) {
    this.contract = contract;
    this.frame = frame;
    List<Instance<C>> made = new ArrayList<>(size);
    for (int id = 0; id < size; id++) {
      made.add(new Instance<>(id, frame));
    }
    this.instances = List.copyOf(made);
  }

  ServiceFrame frame() {
    return frame;
  }

  List<Instance<C>> instances() {
    return instances;
  }

  // --- what a key means here
  // -----------------------------------------------------------------------

  /** Checks a caller's view of an operation against the contract. */
  Route route(OperationKey key) {
    Operation<C> operation = contract.operation(key.operation()).orElse(null);
    if (operation == null) {
      String detail = frame.name() + " has no operation " + key.operation() + " on this node";
      return refused(RefusalReason.UNKNOWN_OPERATION, detail);
    }
    if (operation.oneWay() != key.oneWay()) {
      String kind = operation.oneWay() ? "is one-way" : "has a reply";
      return refused(
          RefusalReason.INCOMPATIBLE, frame.name() + "/" + operation.name() + " " + kind + " here");
    }
    Optional<String> clash = SchemaCompatibility.clash(operation.schema(), key.schema());
    return clash.isPresent()
        ? refused(RefusalReason.INCOMPATIBLE, clash.get())
        : bound(operation, key.codec());
  }

  private Route bound(Operation<C> operation, String codecName) {
    Optional<PayloadCodec> codec = frame.host().codecs().apply(codecName);
    if (codec.isEmpty()) {
      return refused(RefusalReason.INCOMPATIBLE, "this node has no codec named " + codecName);
    }
    try {
      String key = operation.name() + ' ' + codecName;
      OperationBinding<C> binding =
          bindings.computeIfAbsent(
              key, unused -> new OperationBinding<>(operation, codec.get().of(operation)));
      return new Route.Served<>(this, binding);
    } catch (CodecException e) {
      return refused(RefusalReason.INCOMPATIBLE, String.valueOf(e.getMessage()));
    }
  }

  private Route refused(RefusalReason reason, String detail) {
    return new Route.Refused(Refusal.of(reason, detail), frame.host().observer());
  }

  // --- calls
  // ---------------------------------------------------------------------------------------

  void take(InboundCall call, OperationBinding<C> operation) {
    int wanted = call.instance();
    Instance<C> instance = wanted == OutboundCall.ANY_INSTANCE ? any() : byId(wanted);
    if (instance != null) {
      instance.admit(call, operation);
      return;
    }
    Refusal refusal =
        frame.draining()
            ? Refusals.draining(frame.name())
            : Refusals.gone(frame.name(), Math.max(wanted, OutboundCall.ANY_INSTANCE));
    frame.host().observer().refused(frame.name(), refusal.reason());
    Refusals.refuse(call, refusal, LoadReport.NONE);
  }

  private @Nullable Instance<C> byId(int id) {
    return id >= 0 && id < instances.size() ? instances.get(id) : null;
  }

  /** The less busy one of the next two that are ready, in turn; null if none is ready. */
  private @Nullable Instance<C> any() {
    int size = instances.size();
    int start = size == 1 ? 0 : turn.getAndIncrement();
    Instance<C> first = null;
    for (int i = 0; i < size; i++) {
      Instance<C> each = instances.get(Math.floorMod(start + i, size));
      if (each.ready()) {
        if (first != null) {
          return each.backlog() < first.backlog() ? each : first;
        }
        first = each;
      }
    }
    return first;
  }

  /** Ends calls whose deadline has passed. Returns whether calls remain. */
  boolean sweep(long now) {
    boolean any = false;
    for (Instance<C> instance : instances) {
      any |= instance.sweep(now);
    }
    return any;
  }

  // --- the way out
  // ---------------------------------------------------------------------------------

  /** Takes nothing new and gives back what waits; what was started or accepted stays. */
  void drain() {
    frame.drain();
    for (Instance<C> instance : instances) {
      instance.handBack(Refusals.draining(frame.name()));
      if (instance.ready()) {
        frame.changed(instance.id(), InstanceChange.State.DRAINING);
      }
    }
  }

  int openStreams() {
    return instances.stream().mapToInt(instance -> instance.streams().open()).sum();
  }

  void cutStreams() {
    instances.forEach(instance -> instance.streams().cut());
  }

  /** Whether nothing waits and nothing runs, streams included. */
  boolean idle() {
    return instances.stream().allMatch(Instance::idle);
  }

  /** The actors are gone: ends what is left. Returns how many accepted one-way calls were lost. */
  int stopped() {
    Refusal why =
        Refusal.of(RefusalReason.STOPPED, "the instance was stopped before it answered the call");
    return instances.stream().mapToInt(instance -> instance.stopped(why)).sum();
  }

  HostedServiceStatus status() {
    List<InstanceStatus> states = instances.stream().map(Instance::status).toList();
    HostDispatchers.Placement placement = frame.host().dispatchers().placement(frame.name());
    return new HostedServiceStatus(
        frame.name(),
        frame.schema(),
        placement.execution(),
        placement.movedToPool(),
        frame.draining(),
        states);
  }
}
