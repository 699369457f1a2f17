package io.actormesh.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All nodes and services as this node knows them at one moment. Immutable; lookups are map reads.
 *
 * <p>It holds entries of current cluster members alone, and of exactly the incarnation that is a
 * member: the entry of a removed or restarted process is not in it. This node's own entry is always
 * in it.
 */
public final class RegistrySnapshot {

  private final long version;
  private final NodeId self;
  private final SortedMap<NodeId, NodeEntry> entries;
  private final Set<NodeId> unreachable;
  private final Set<NodeId> leaving;
  private final Set<NodeId> candidates;
  private final Map<String, List<ServiceInstance>> instances;
  private final Set<String> singles;

  private RegistrySnapshot(
      long version,
      NodeId self,
      SortedMap<NodeId, NodeEntry> entries,
      Set<NodeId> unreachable,
      Set<NodeId> leaving) {
    this.version = version;
    this.self = self;
    this.entries = entries;
    this.unreachable = unreachable;
    this.leaving = leaving;
    this.candidates = candidatesOf(entries.values().stream(), unreachable, leaving);
    this.instances = indexByService(entries.values(), candidates);
    this.singles = singlesOf(entries.values());
  }

  /** The snapshot of a node that knows of nobody else yet. */
  public static RegistrySnapshot initial(NodeEntry self) {
    return of(0, self.id(), Map.of(self.id(), self), Set.of(), Set.of());
  }

  /**
   * A snapshot of these entries.
   *
   * @param version rises with each snapshot that a node publishes
   * @param self the node whose view it is
   * @param entries entries of the current members, by node
   * @param unreachable members that are unreachable at the moment
   * @param leaving members that are on their way out of the cluster
   */
  public static RegistrySnapshot of(
      long version,
      NodeId self,
      Map<NodeId, NodeEntry> entries,
      Set<NodeId> unreachable,
      Set<NodeId> leaving) {
    return new RegistrySnapshot(
        version,
        self,
        Collections.unmodifiableSortedMap(new TreeMap<>(entries)),
        Set.copyOf(unreachable),
        Set.copyOf(leaving));
  }

  /** Rises with each snapshot of one node; versions of different nodes cannot be compared. */
  public long version() {
    return version;
  }

  /** The node whose view this is. */
  public NodeId self() {
    return self;
  }

  /** Entries of the current members, ordered by node; unmodifiable. */
  public SortedMap<NodeId, NodeEntry> entries() {
    return entries;
  }

  /** The entry of a node, if it is a current member that has announced itself. */
  public Optional<NodeEntry> entry(NodeId node) {
    return Optional.ofNullable(entries.get(node));
  }

  /** Members that are unreachable at the moment. */
  public Set<NodeId> unreachable() {
    return unreachable;
  }

  /** Members that are leaving or exiting, whatever their own entry says. */
  public Set<NodeId> leaving() {
    return leaving;
  }

  /** Nodes that may be sent new calls: ready, reachable, not leaving. */
  public Set<NodeId> candidateNodes() {
    return candidates;
  }

  /** Names of all services that some member offers. */
  public Set<String> services() {
    return instances.keySet();
  }

  /**
   * All instances of a service, ordered by node; empty if nobody offers it. Those that take no new
   * calls are included and not {@linkplain ServiceInstance#selectable() selectable}.
   */
  public List<ServiceInstance> instances(String service) {
    return instances.getOrDefault(service, List.of());
  }

  /** Whether some member says that the mesh has at most one instance of the service. */
  public boolean single(String service) {
    return singles.contains(service);
  }

  @Override
  public String toString() {
    return "RegistrySnapshot[version="
        + version
        + ", self="
        + self
        + ", entries="
        + entries.values()
        + ", unreachable="
        + unreachable
        + ", leaving="
        + leaving
        + "]";
  }

  private static Set<NodeId> candidatesOf(
      Stream<NodeEntry> entries, Set<NodeId> unreachable, Set<NodeId> leaving) {
    Set<NodeId> excluded = new HashSet<>(unreachable);
    excluded.addAll(leaving);
    return entries
        .filter(entry -> entry.state() == NodeState.READY && !excluded.contains(entry.id()))
        .map(NodeEntry::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> singlesOf(Collection<NodeEntry> entries) {
    return entries.stream()
        .flatMap(entry -> entry.services().values().stream())
        .filter(ServiceEntry::single)
        .map(ServiceEntry::service)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, List<ServiceInstance>> indexByService(
      Iterable<NodeEntry> entries, Set<NodeId> candidates) {
    Map<String, List<ServiceInstance>> index = new TreeMap<>();
    for (NodeEntry entry : entries) {
      boolean candidate = candidates.contains(entry.id());
      entry.services().values().forEach(service -> add(index, entry, service, candidate));
    }
    index.replaceAll((service, found) -> List.copyOf(found));
    return Map.copyOf(index);
  }

  private static void add(
      Map<String, List<ServiceInstance>> index,
      NodeEntry node,
      ServiceEntry service,
      boolean candidate) {
    List<ServiceInstance> found =
        index.computeIfAbsent(service.service(), name -> new ArrayList<>());
    for (InstanceEntry instance : service.instances()) {
      boolean selectable = candidate && instance.state() == InstanceState.READY;
      found.add(new ServiceInstance(node, service, instance, selectable));
    }
  }
}
