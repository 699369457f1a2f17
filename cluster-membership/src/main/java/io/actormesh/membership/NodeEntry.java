package io.actormesh.membership;

import java.util.Map;
import java.util.TreeMap;

/**
 * All that the registry knows from one node. Only the node itself writes it, so of two versions the
 * one with the higher revision is the truth, whichever arrived first.
 *
 * @param node who it is
 * @param state what it says about its readiness
 * @param revision counts the changes of this entry; the registry raises it, callers leave it alone
 * @param services what it offers, by the service's name
 */
public record NodeEntry(
    NodeDescriptor node, NodeState state, long revision, Map<String, ServiceEntry> services) {

  public NodeEntry {
    services = Map.copyOf(services);
    services.forEach(NodeEntry::requireOwnName);
  }

  /** The first entry of a node: starting, without services. */
  public static NodeEntry starting(NodeDescriptor node) {
    return new NodeEntry(node, NodeState.STARTING, 1, Map.of());
  }

  /** The run of the node that this entry describes. */
  public NodeId id() {
    return node.id();
  }

  /** The same entry with another state. */
  public NodeEntry withState(NodeState newState) {
    return new NodeEntry(node, newState, revision, services);
  }

  /** The same entry with this service added, or put in the place of the one of its name. */
  public NodeEntry withService(ServiceEntry service) {
    Map<String, ServiceEntry> changed = new TreeMap<>(services);
    changed.put(service.service(), service);
    return new NodeEntry(node, state, revision, changed);
  }

  /** The same entry without the service of this name. */
  public NodeEntry withoutService(String service) {
    Map<String, ServiceEntry> changed = new TreeMap<>(services);
    changed.remove(service);
    return new NodeEntry(node, state, revision, changed);
  }

  /** The same entry at another revision. For the registry. */
  public NodeEntry withRevision(long newRevision) {
    return new NodeEntry(node, state, newRevision, services);
  }

  /** The newer of two versions of one node's entry. */
  public NodeEntry newer(NodeEntry other) {
    return other.revision > revision ? other : this;
  }

  private static void requireOwnName(String name, ServiceEntry service) {
    if (!name.equals(service.service())) {
      throw new IllegalArgumentException(
          "services: '" + name + "' holds '" + service.service() + "' (expected: its own name)");
    }
  }
}
