package io.actormesh.it;

import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;

/** The main class of the tests' JVMs. */
public final class ProbeNode {

  private ProbeNode() {}

  public static void main(String[] args) {
    described(System.getenv("MESH_NODE")).start();
  }

  static MeshNodeBuilder described(String name) {
    return MeshNode.builder()
        .host(Probe.CONTRACT, () -> Probe.create(name))
        .host(Numbers.CONTRACT, () -> Numbers.create(name))
        .hostWith(Relay.CONTRACT, Relay::create)
        .expose(Probe.CONTRACT)
        .expose(Relay.CONTRACT);
  }
}
