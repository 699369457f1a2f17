package io.actormesh.membership.formation;

import io.actormesh.membership.MembershipException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Joins through a fixed list of nodes. */
record SeedFormation(List<HostPort> seeds) implements ListedNodes {

  SeedFormation {
    seeds = seeds.stream().distinct().toList();
    if (seeds.isEmpty()) {
      throw new MembershipException(
          "actormesh.discovery.seeds is empty although the method is 'seeds'.",
          "List the cluster ports of some nodes in actormesh.discovery.seeds or MESH_SEEDS, or set"
              + " actormesh.discovery.method = self.");
    }
  }

  @Override
  public String describe() {
    return "seeds " + seeds.stream().map(HostPort::toString).collect(Collectors.joining(", "));
  }

  @Override
  public CompletionStage<List<HostPort>> contactPoints(HostPort self) {
    return ListedNodes.known(seeds);
  }
}
