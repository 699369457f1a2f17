package io.actormesh.runtime.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The reply of a call that is on its way. Completes on the mesh's executor, which is also where its
 * {@code …Async} methods run: never on the JDK's common pool, which on a machine with two cores
 * starts a thread per task. Cancelling recalls the call: if it has not been started, it never will
 * be.
 *
 * @param <T> the reply
 */
public final class MeshFuture<T> extends CompletableFuture<T> {

  private final Executor executor;
  private volatile @Nullable Runnable recall;

  /** A future whose dependents run on the given executor. */
  MeshFuture(Executor executor) {
    this.executor = executor;
  }

  /** What cancelling does beyond completing the future. */
  void onCancel(Runnable action) {
    recall = action;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    Runnable action = recall;
    if (cancelled && action != null) {
      recall = null;
      action.run();
    }
    return cancelled;
  }

  @Override
  public Executor defaultExecutor() {
    return executor;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new MeshFuture<>(executor);
  }
}
