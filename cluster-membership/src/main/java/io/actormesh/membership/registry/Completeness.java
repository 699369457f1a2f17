package io.actormesh.membership.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Those who wait until an entry of every reachable member is here. Used by the keeper's thread
 * alone; futures complete on the executor.
 */
final class Completeness {

  private final Executor callbacks;
  private final Map<Long, CompletableFuture<Boolean>> waiting = new HashMap<>();
  private long asked;

  Completeness(Executor callbacks) {
    this.callbacks = callbacks;
  }

  /** Answers the number by which to give up. */
  long await(CompletableFuture<Boolean> complete) {
    waiting.put(++asked, complete);
    return asked;
  }

  /** Whether nobody waits. */
  boolean idle() {
    return waiting.isEmpty();
  }

  /** All entries are here. */
  void reached() {
    waiting.values().forEach(future -> complete(future, true));
    waiting.clear();
  }

  /** The wait of this number is over. */
  void giveUp(long number) {
    CompletableFuture<Boolean> late = waiting.remove(number);
    if (late != null) {
      complete(late, false);
    }
  }

  private void complete(CompletableFuture<Boolean> future, boolean all) {
    var unused = future.completeAsync(() -> all, callbacks);
  }
}
