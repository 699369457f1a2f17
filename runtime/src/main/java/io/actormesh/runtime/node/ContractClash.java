package io.actormesh.runtime.node;

import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.ServiceEntry;
import io.actormesh.runtime.contract.SchemaCompatibility;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.ArrayList;
import java.util.List;

/** Refuses a service, not the node, if its contract clashes with the one that others host. */
final class ContractClash {

  private ContractClash() {}

  /**
   * Compares a contract with those in the registry.
   *
   * @throws StartException if callers of one could not talk to the other; names the nodes
   */
  static void check(ServiceContract<?> contract, RegistrySnapshot snapshot) {
    List<String> clashes = new ArrayList<>();
    for (NodeEntry node : snapshot.entries().values()) {
      ServiceEntry theirs = node.services().get(contract.name());
      if (theirs != null && !node.id().equals(snapshot.self())) {
        SchemaCompatibility.clash(contract.schema(), theirs.schema())
            .ifPresent(clash -> clashes.add("node " + node.node().name() + ": " + clash));
      }
    }
    if (!clashes.isEmpty()) {
      throw new StartException(
          "The contract of service '"
              + contract.name()
              + "' clashes with the one that is hosted. Add fields, never change the type of one,"
              + " or give the new contract another name.",
          clashes,
          null);
    }
  }
}
