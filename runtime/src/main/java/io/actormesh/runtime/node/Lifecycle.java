package io.actormesh.runtime.node;

import io.actormesh.runtime.ingress.Ingress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's way out of the mesh, the same for SIGTERM, a drain by the application, and downing. */
final class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** What the host gets even if the front door has used all the patience up. */
  private static final long LEAST_PATIENCE_NANOS = 1_000_000_000;

  /** Why a node's shutdown runs. */
  private enum Reason implements CoordinatedShutdown.Reason {
    DRAIN
  }

  private enum State {
    STARTING("The node is joining the mesh."),
    READY("The node is ready."),
    DRAINING("The node is draining."),
    KILLED("The node is ending.");

    private final String description;

    State(String description) {
      this.description = description;
    }
  }

  private final NodeAssembly parts;
  private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
  private final CompletableFuture<Done> terminated = new CompletableFuture<>();

  Lifecycle(NodeAssembly parts) {
    this.parts = parts;
  }

  /** Puts the drain in front of everything that Pekko does to stop a member. */
  void install() {
    ActorSystem<?> system = parts.system();
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(), "actormesh-drain", this::drainOnce);
    system.getWhenTerminated().whenComplete((done, failure) -> releaseAfterTermination());
  }

  boolean ready() {
    return state.get() == State.READY;
  }

  /** Whether the node is on its way out. */
  boolean leaving() {
    State now = state.get();
    return now == State.DRAINING || now == State.KILLED;
  }

  /** Where the node is in its life, for people. */
  String describe() {
    return Objects.requireNonNull(state.get()).description;
  }

  void becomeReady() {
    state.compareAndSet(State.STARTING, State.READY);
  }

  CompletionStage<Done> drainAndStop() {
    CoordinatedShutdown.get(parts.system()).runAll(Reason.DRAIN);
    return terminated;
  }

  CompletionStage<Done> whenTerminated() {
    return terminated;
  }

  CompletionStage<Done> kill() {
    state.set(State.KILLED);
    parts.abort();
    return terminated;
  }

  private CompletionStage<Done> drainOnce() {
    State before = state.getAndSet(State.DRAINING);
    if (before == State.KILLED || before == State.STARTING) {
      // Nobody was told that this node serves, or nobody is to be told that it does not.
      state.set(before == State.KILLED ? State.KILLED : State.DRAINING);
      return before == State.KILLED
          ? CompletableFuture.completedFuture(Done.getInstance())
          : parts.catalogue().leave().thenApply(gone -> Done.getInstance());
    }
    return drain().exceptionally(this::giveUp);
  }

  /** The order matters: each step keeps a promise that the next one would break. */
  private CompletionStage<Done> drain() {
    long began = parts.ticker().nowNanos();
    LOG.info("Node {} drains: it takes no new work", parts.name());
    // First of all peers stop choosing this node; until they all have, it serves as before.
    return parts
        .membership()
        .drain()
        // At the same time those who found the front door in a catalogue do.
        .thenCombine(parts.catalogue().drain(), (confirmed, told) -> confirmed)
        // Then clients of the front door leave by themselves, while everything is still served.
        .thenCompose(confirmed -> ingress(Ingress::drain))
        .thenCompose(quiet -> finish())
        // Whoever still holds a connection learns that nothing behind the last call was started.
        .thenCompose(drained -> parts.transport().drain())
        // Whoever looks for this node in a catalogue finds it no more, while it is still there.
        .thenCompose(told -> parts.catalogue().leave())
        // Now that no more come, and before the process may end.
        .thenCompose(gone -> parts.telemetry().flush())
        .thenApply(
            told -> {
              long millis = (parts.ticker().nowNanos() - began) / 1_000_000;
              LOG.info("Node {} has drained in {} ms and leaves", parts.name(), millis);
              return Done.getInstance();
            });
  }

  /** One patience for both, so that a drain's length can be told from the settings. */
  private CompletionStage<Void> finish() {
    long end = parts.ticker().nowNanos() + parts.settings().drain().patience().toNanos();
    // At the same time: requests at the front door may be streams, and end when these are ended.
    CompletionStage<Void> streams = parts.host().drainStreams(left(end));
    return ingress(door -> door.terminate(left(end)))
        .thenCombine(streams, (closed, ended) -> closed)
        // Single services are served until another node has them; so it must leave already now.
        .thenCompose(closed -> parts.singles().handOver(left(end)))
        // Nothing new can come: what is queued goes elsewhere, what runs finishes.
        .thenCompose(closed -> parts.host().drain(left(end)));
  }

  private Duration left(long endNanos) {
    return Duration.ofNanos(Math.max(LEAST_PATIENCE_NANOS, endNanos - parts.ticker().nowNanos()));
  }

  private CompletionStage<Done> ingress(Function<Ingress, CompletionStage<Done>> step) {
    Optional<Ingress> door = parts.ingress();
    return door.map(step).orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
  }

  private Done giveUp(Throwable failure) {
    LOG.warn("Node {} leaves without having drained fully: {}", parts.name(), failure.toString());
    return Done.getInstance();
  }

  private void releaseAfterTermination() {
    parts.release().whenComplete((done, failure) -> terminated.complete(Done.getInstance()));
  }
}
