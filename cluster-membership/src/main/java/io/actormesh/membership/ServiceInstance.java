package io.actormesh.membership;

/**
 * One instance of a service, as the registry shows it to callers.
 *
 * @param node the node it runs on
 * @param service the service as that node offers it
 * @param instance the instance itself
 * @param selectable whether a new call may be sent to it: node and instance are ready, and the node
 *     is reachable and not leaving
 */
public record ServiceInstance(
    NodeEntry node, ServiceEntry service, InstanceEntry instance, boolean selectable) {

  /** The node it runs on. */
  public NodeId nodeId() {
    return node.id();
  }
}
