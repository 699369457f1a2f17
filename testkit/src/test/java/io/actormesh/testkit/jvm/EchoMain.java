package io.actormesh.testkit.jvm;

import io.actormesh.runtime.node.MeshNode;

/** A node that hosts nothing, as a {@code main} of users. */
public final class EchoMain {

  private EchoMain() {}

  public static void main(String[] args) {
    MeshNode node = MeshNode.builder().start();
    System.out.println("started " + node.name());
  }
}
