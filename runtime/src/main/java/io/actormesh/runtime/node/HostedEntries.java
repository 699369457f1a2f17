package io.actormesh.runtime.node;

import io.actormesh.membership.InstanceEntry;
import io.actormesh.membership.InstanceState;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.ServiceEntry;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.host.InstanceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a change of a hosted instance changes the node's registry entry. */
final class HostedEntries {

  private static final int WEIGHT = 1;

  private HostedEntries() {}

  /** The change of the node's entry that shows an instance as it is now. */
  static UnaryOperator<NodeEntry> showing(InstanceChange change) {
    return switch (change.state()) {
      case READY -> entry -> with(entry, change, Optional.of(InstanceState.READY));
      case DRAINING -> entry -> with(entry, change, Optional.of(InstanceState.SERVING));
      case GONE -> entry -> with(entry, change, Optional.empty());
    };
  }

  /** The entry with all instances of a service shown as taking nothing new. */
  static NodeEntry draining(NodeEntry entry, String service) {
    ServiceEntry before = entry.services().get(service);
    if (before == null) {
      return entry;
    }
    List<InstanceEntry> draining =
        before.instances().stream()
            .map(one -> new InstanceEntry(one.id(), InstanceState.SERVING, one.weight()))
            .toList();
    return entry.withService(new ServiceEntry(service, before.schema(), draining, before.single()));
  }

  /** The entry of a node that may run the single instance of a service, and does not yet. */
  static NodeEntry offeringSingle(NodeEntry entry, ServiceContract<?> contract) {
    return entry.withService(new ServiceEntry(contract.name(), contract.schema(), List.of(), true));
  }

  /** The entry with the descriptor that has become complete: all ports are bound. */
  static NodeEntry complete(NodeEntry entry, NodeDescriptor descriptor) {
    return new NodeEntry(descriptor, NodeState.READY, entry.revision(), entry.services());
  }

  private static NodeEntry with(
      NodeEntry entry, InstanceChange change, Optional<InstanceState> state) {
    ServiceEntry before = entry.services().get(change.service());
    List<InstanceEntry> instances = new ArrayList<>();
    if (before != null) {
      before.instances().stream()
          .filter(instance -> instance.id() != change.instance())
          .forEach(instances::add);
    }
    state.ifPresent(now -> instances.add(new InstanceEntry(change.instance(), now, WEIGHT)));
    boolean single = before != null && before.single();
    if (instances.isEmpty() && !single) {
      return entry.withoutService(change.service());
    }
    instances.sort((a, b) -> Integer.compare(a.id(), b.id()));
    return entry.withService(
        new ServiceEntry(change.service(), change.schema(), instances, single));
  }
}
