package io.actormesh.runtime.host;

import io.actormesh.runtime.host.ServiceParent.Command;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** Brings the actors of services into the system and takes them out again. Thread-safe. */
final class ServiceSpawner {

  /** Replacing instances must not wait for a starved application. */
  private static final String PARENTS = "pekko.actor.internal-dispatcher";

  /** Numbers the parents of all hosts of the process: their names share one name space a system. */
  private static final AtomicLong SPAWNED = new AtomicLong();

  private final HostEnvironment environment;
  private final Map<ServedService<?>, ActorRef<Command>> parents = new ConcurrentHashMap<>();

  ServiceSpawner(HostEnvironment environment) {
    this.environment = environment;
  }

  <C> void spawn(ServedService<C> served, Supplier<Behavior<C>> behavior) {
    ServiceFrame frame = served.frame();
    DispatcherSelector dispatcher =
        environment.dispatchers().select(frame.name(), frame.policy().execution());
    // A number in the name: the parent of a withdrawn service may be gone a moment later only.
    String name = "actormesh-" + frame.name() + "-" + SPAWNED.incrementAndGet();
    ActorRef<Command> parent =
        environment
            .system()
            .systemActorOf(
                ServiceParent.create(served, behavior, dispatcher),
                name,
                DispatcherSelector.fromConfig(PARENTS));
    parents.put(served, parent);
    var unused = frame.life().whenStopped().thenRun(() -> parents.remove(served));
    // The parent may be taken down with the system without hearing from us.
    var unusedToo = environment.system().getWhenTerminated().thenRun(() -> frame.life().stopped());
  }

  /** Lets a service finish, then stops its actors; completes when they are gone. */
  CompletionStage<Void> withdraw(ServedService<?> served, Duration patience) {
    served.drain();
    var unused = drainStreams(List.of(served), patience);
    until(served::idle, patience, () -> stop(served));
    return served.frame().life().whenStopped();
  }

  /** Lets the streams of services go on for a while, then ends them; completes when they have. */
  CompletionStage<Void> drainStreams(
      Collection<? extends ServedService<?>> services, Duration patience) {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    Duration own = environment.streams().patience();
    Duration most = own.compareTo(patience) < 0 ? own : patience;
    until(
        () -> services.stream().allMatch(served -> served.openStreams() == 0),
        most,
        () -> {
          services.forEach(ServedService::cutStreams);
          drained.complete(null);
        });
    return drained;
  }

  private void stop(ServedService<?> served) {
    ActorRef<Command> parent = parents.get(served);
    if (parent != null) {
      parent.tell(ServiceParent.Stop.NOW);
    }
  }

  /** Does something when it holds, or when the patience is over. */
  private void until(BooleanSupplier holds, Duration patience, Runnable then) {
    long start = environment.ticker().nowNanos();
    look(holds, start, patience.toNanos(), then);
  }

  private void look(BooleanSupplier holds, long start, long patienceNanos, Runnable then) {
    long waited = environment.ticker().nowNanos() - start;
    if (!holds.getAsBoolean() && waited < patienceNanos) {
      environment.sweeper().schedule(() -> look(holds, start, patienceNanos, then));
    } else {
      then.run();
    }
  }
}
