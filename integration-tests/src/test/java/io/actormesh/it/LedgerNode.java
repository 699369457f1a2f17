package io.actormesh.it;

import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.runtime.node.Placement;

/** A node that may run the only ledger. */
public final class LedgerNode {

  private LedgerNode() {}

  public static void main(String[] args) {
    described(System.getenv("MESH_NODE")).start();
  }

  static MeshNodeBuilder described(String name) {
    return MeshNode.builder().host(Ledger.CONTRACT, Placement.single(), () -> Ledger.create(name));
  }
}
