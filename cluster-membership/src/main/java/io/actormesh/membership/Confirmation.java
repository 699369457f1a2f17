package io.actormesh.membership;

import java.util.Set;

/**
 * Who has seen a change of this node's entry.
 *
 * @param confirmedBy nodes whose published snapshot holds the change and whose listeners have run;
 *     this node is among them
 * @param silent nodes that were reachable and did not answer in time; they learn of the change as
 *     soon as they can be talked to
 */
public record Confirmation(Set<NodeId> confirmedBy, Set<NodeId> silent) {

  public Confirmation {
    confirmedBy = Set.copyOf(confirmedBy);
    silent = Set.copyOf(silent);
  }

  /** Whether every reachable node has seen the change. */
  public boolean complete() {
    return silent.isEmpty();
  }
}
