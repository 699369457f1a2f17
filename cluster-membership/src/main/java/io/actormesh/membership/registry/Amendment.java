package io.actormesh.membership.registry;

import io.actormesh.membership.InstanceEntry;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.ServiceEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What makes the next revision of an entry of the one before: its state, and the instances that are
 * others now. Most changes are of this kind, and an entry is mostly schemas, which these leave
 * alone.
 *
 * @param node whose entry it is
 * @param base the revision that it applies to, and no other
 * @param revision the revision that results
 * @param state the node's state from now on
 * @param instances those that are new or changed, by service
 * @param gone the numbers of those that are no more, by service
 */
record Amendment(
    NodeId node,
    long base,
    long revision,
    NodeState state,
    Map<String, List<InstanceEntry>> instances,
    Map<String, List<Integer>> gone) {

  Amendment {
    instances = Map.copyOf(instances);
    gone = Map.copyOf(gone);
  }

  /** The amendment from one version of an entry to a later one; empty if only the whole will do. */
  static Optional<Amendment> between(NodeEntry before, NodeEntry after) {
    if (!before.services().keySet().equals(after.services().keySet())) {
      return Optional.empty();
    }
    Map<String, List<InstanceEntry>> instances = new HashMap<>();
    Map<String, List<Integer>> gone = new HashMap<>();
    before
        .services()
        .values()
        .forEach(
            service -> {
              ServiceEntry now = after.services().getOrDefault(service.service(), service);
              putUnlessEmpty(instances, service, changed(service, now));
              putUnlessEmpty(gone, service, gone(service, now));
            });
    Amendment amendment =
        new Amendment(
            after.id(), before.revision(), after.revision(), after.state(), instances, gone);
    // A schema, the order of instances: whatever it cannot say makes a difference here.
    return Optional.of(amendment)
        .filter(it -> it.applied(before).filter(after::equals).isPresent());
  }

  /** The entry that results; empty if it does not apply to this one. */
  Optional<NodeEntry> applied(NodeEntry before) {
    boolean fits =
        before.id().equals(node)
            && before.revision() == base
            && before.services().keySet().containsAll(instances.keySet());
    if (!fits) {
      return Optional.empty();
    }
    Map<String, ServiceEntry> services = new TreeMap<>(before.services());
    services.replaceAll((name, service) -> applied(service));
    return Optional.of(new NodeEntry(before.node(), state, revision, services));
  }

  private ServiceEntry applied(ServiceEntry service) {
    List<InstanceEntry> changed = instances.getOrDefault(service.service(), List.of());
    List<Integer> removed = gone.getOrDefault(service.service(), List.of());
    if (changed.isEmpty() && removed.isEmpty()) {
      return service;
    }
    Map<Integer, InstanceEntry> left = byId(changed);
    List<InstanceEntry> now = new ArrayList<>();
    for (InstanceEntry instance : service.instances()) {
      InstanceEntry next = left.remove(instance.id());
      if (!removed.contains(instance.id())) {
        now.add(next == null ? instance : next);
      }
    }
    changed.stream().filter(instance -> left.containsKey(instance.id())).forEach(now::add);
    return new ServiceEntry(service.service(), service.schema(), now, service.single());
  }

  private static List<InstanceEntry> changed(ServiceEntry before, ServiceEntry after) {
    return after.instances().stream()
        .filter(instance -> !before.instances().contains(instance))
        .toList();
  }

  private static List<Integer> gone(ServiceEntry before, ServiceEntry after) {
    Map<Integer, InstanceEntry> left = byId(after.instances());
    return before.instances().stream()
        .map(InstanceEntry::id)
        .filter(id -> !left.containsKey(id))
        .toList();
  }

  private static Map<Integer, InstanceEntry> byId(List<InstanceEntry> instances) {
    return instances.stream()
        .collect(
            Collectors.toMap(
                InstanceEntry::id, Function.identity(), (one, other) -> other, HashMap::new));
  }

  private static <T> void putUnlessEmpty(
      Map<String, List<T>> map, ServiceEntry service, List<T> values) {
    if (!values.isEmpty()) {
      map.put(service.service(), values);
    }
  }
}
