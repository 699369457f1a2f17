package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.ingress.auth.AccessRules;
import io.actormesh.runtime.ingress.auth.Authenticator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/** The guard of a front door, if it has one, and what keeps its keys fresh. */
final class GuardPost {

  private final @Nullable Guard guard;
  private final @Nullable Authenticator authenticator;
  private volatile @Nullable Cancellable refreshing;

  private GuardPost(@Nullable Guard guard, @Nullable Authenticator authenticator) {
    this.guard = guard;
    this.authenticator = authenticator;
  }

  static GuardPost of(
      ActorSystem<?> system, DoorSecurity security, RouteTable routes, IngressWiring wiring) {
    if (!security.guarded()) {
      return new GuardPost(null, null);
    }
    Authenticator authenticator =
        Authenticator.open(
            security.auth(), InstantSource.system(), wiring.ticker(), blocking(system));
    Guard guard = new Guard(authenticator, new AccessRules(security), routes, wiring.observer());
    return new GuardPost(guard, authenticator);
  }

  /** Null if nobody is checked. */
  @Nullable Guard guard() {
    return guard;
  }

  /** Completes when the first attempt to fetch keys is over, however it ended. */
  CompletionStage<Boolean> ready(ActorSystem<?> system) {
    Authenticator fresh = authenticator;
    if (fresh == null) {
      return CompletableFuture.completedFuture(true);
    }
    return fresh
        .warmUp()
        .thenApply(
            fetched -> {
              Duration period = fresh.period();
              refreshing =
                  system
                      .scheduler()
                      .scheduleWithFixedDelay(period, period, fresh::refresh, dispatcher(system));
              return fetched;
            });
  }

  /** Keys that could not be read again. */
  List<String> warnings() {
    return authenticator == null ? List.of() : authenticator.warnings();
  }

  void close() {
    Cancellable running = refreshing;
    if (running != null) {
      running.cancel();
    }
  }

  private static Executor blocking(ActorSystem<?> system) {
    return dispatcher(system);
  }

  private static scala.concurrent.ExecutionContextExecutor dispatcher(ActorSystem<?> system) {
    return system.dispatchers().lookup(DispatcherSelector.blocking());
  }
}
