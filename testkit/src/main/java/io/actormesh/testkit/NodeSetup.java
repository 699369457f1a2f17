package io.actormesh.testkit;

import io.actormesh.runtime.node.MeshNodeBuilder;

/** Says what a node of the mesh hosts and exposes. */
@FunctionalInterface
public interface NodeSetup {

  /**
   * Describes one node. Configuration and environment are the kit's and overwritten after this.
   *
   * @param node to be described
   * @param place the node's place in the mesh, from 0
   */
  void describe(MeshNodeBuilder node, int place);
}
