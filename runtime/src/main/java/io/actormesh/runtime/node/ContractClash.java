package io.actormesh.runtime.node;

import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.ServiceEntry;
import io.actormesh.runtime.contract.SchemaCompatibility;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses a service, not the node, if its contract or placement clashes with that of others who
 * host it.
 */
final class ContractClash {

  private ContractClash() {}

  /**
   * Compares a service with those of its name in the registry.
   *
   * @throws StartException if callers of one could not talk to the other, or if one is placed in
   *     another way; names the nodes
   */
  static void check(Hosting<?> hosting, RegistrySnapshot snapshot) {
    ServiceContract<?> contract = hosting.contract();
    refuse(
        "The contract of service '"
            + contract.name()
            + "' clashes with the one that is hosted. Add fields, never change the type of one,"
            + " or give the new contract another name.",
        clashes(
            contract.name(),
            snapshot,
            theirs -> SchemaCompatibility.clash(contract.schema(), theirs.schema())));
    boolean single = hosting.placement().isSingle();
    refuse(
        "The service '"
            + contract.name()
            + "' is placed in another way on other nodes. Stop all nodes that host it to change"
            + " that.",
        clashes(
            contract.name(),
            snapshot,
            theirs ->
                theirs.single() == single
                    ? Optional.empty()
                    : Optional.of(single ? "not placed singly" : "placed singly")));
  }

  private static List<String> clashes(
      String service,
      RegistrySnapshot snapshot,
      Function<ServiceEntry, Optional<String>> comparison) {
    List<String> clashes = new ArrayList<>();
    for (NodeEntry node : snapshot.entries().values()) {
      ServiceEntry theirs = node.services().get(service);
      if (theirs != null && !node.id().equals(snapshot.self())) {
        comparison
            .apply(theirs)
            .ifPresent(clash -> clashes.add("node " + node.node().name() + ": " + clash));
      }
    }
    return clashes;
  }

  private static void refuse(String message, List<String> clashes) {
    if (!clashes.isEmpty()) {
      throw new StartException(message, clashes, null);
    }
  }
}
