package io.actormesh.membership;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The replicated table of nodes and their services, local on every node. Safe for use from any
 * thread; nothing here blocks.
 */
public interface Registry {

  /** The latest snapshot: one volatile read. */
  RegistrySnapshot snapshot();

  /**
   * Changes this node's own entry and tells every other node.
   *
   * <p>The stage completes once every reachable node has published a snapshot that holds the change
   * and has run its listeners; nodes that stay silent for the confirm time-out (2 s unless
   * configured) are named in the result instead. A node that becomes unreachable or leaves
   * meanwhile is no longer waited for; one that joins meanwhile is. Changes are applied in the
   * order in which they are given.
   *
   * <p>The stage fails with what {@code change} threw, with {@link MembershipException} if the
   * entry has grown beyond what one control message can carry, or if the node has stopped. A change
   * that failed has had no effect.
   *
   * @param change from the current entry to the next, run on the registry's thread: it must be
   *     quick and must not touch the entry's node or revision
   */
  CompletionStage<Confirmation> publish(UnaryOperator<NodeEntry> change);

  /**
   * Calls the listener with the current snapshot, on the calling thread, and then with each newer
   * one, on the registry's thread. One call at a time, versions only ever rise; an exception is
   * logged and does no harm. Peers are told of a change only after the listeners have run, so a
   * listener must be quick and must not block.
   *
   * @return closing it ends the calls; one that is running may still finish
   */
  Subscription subscribe(Consumer<RegistrySnapshot> listener);
}
