package io.actormesh.runtime.ingress;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connections of a server, to bid their clients farewell and to close them. Thread-safe. */
final class OpenConnections {

  /** A connection, or what it has become by an upgrade. */
  @FunctionalInterface
  interface Closing {

    /**
     * Closes it once its requests in flight are answered, or when the time is over.
     *
     * @return completes when it is closed
     */
    CompletionStage<?> close(Duration hardDeadline);
  }

  private final Set<Runnable> farewells = ConcurrentHashMap.newKeySet();
  private final Set<Closing> open = ConcurrentHashMap.newKeySet();
  private volatile boolean leaving;
  private volatile @Nullable Duration closing;

  /** Whether clients are to be told to open no more requests here. */
  boolean isLeaving() {
    return leaving;
  }

  /** Has the farewell run once when the server leaves, unless it leaves already. */
  void addFarewell(Runnable farewell) {
    farewells.add(farewell);
  }

  void removeFarewell(Runnable farewell) {
    farewells.remove(farewell);
  }

  void add(Closing connection) {
    open.add(connection);
    Duration hardDeadline = closing;
    if (hardDeadline != null) {
      var unused = connection.close(hardDeadline);
    }
  }

  void remove(Closing connection) {
    open.remove(connection);
  }

  void leave() {
    leaving = true;
    farewells.forEach(Runnable::run);
  }

  /** Closes all, also those that are added from here on. */
  CompletionStage<?> close(Duration hardDeadline) {
    leaving = true;
    closing = hardDeadline;
    return CompletableFuture.allOf(
        open.stream()
            .map(connection -> connection.close(hardDeadline).toCompletableFuture())
            // One that fails to close is gone, too.
            .map(closed -> closed.handle((end, failure) -> "closed"))
            .toArray(CompletableFuture<?>[]::new));
  }
}
