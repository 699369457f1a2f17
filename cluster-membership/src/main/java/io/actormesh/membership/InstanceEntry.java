package io.actormesh.membership;

/**
 * One actor of a service on a node.
 *
 * @param id number of the instance within its service and node; not reused while the node runs
 * @param state whether it takes calls
 * @param weight its share of the traffic relative to other instances of the service, at least 0; 1
 *     is ordinary, 0 means no traffic unless nothing else is left
 */
public record InstanceEntry(int id, InstanceState state, int weight) {

  public InstanceEntry {
    if (weight < 0) {
      throw new IllegalArgumentException("weight: " + weight + " (expected: >= 0)");
    }
  }
}
