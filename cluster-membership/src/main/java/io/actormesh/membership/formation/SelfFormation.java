package io.actormesh.membership.formation;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Joins nobody but itself. */
record SelfFormation() implements ListedNodes {

  @Override
  public String describe() {
    return "self";
  }

  @Override
  public CompletionStage<List<HostPort>> contactPoints(HostPort self) {
    return ListedNodes.known(List.of(self));
  }
}
