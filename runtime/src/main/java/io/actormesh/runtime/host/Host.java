package io.actormesh.runtime.host;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.codec.Codecs;
import io.actormesh.runtime.codec.PayloadCodec;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.InboundHandler;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.policy.Policies;
import io.actormesh.runtime.policy.PublishedPolicy;
import io.actormesh.runtime.tracing.Tracing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves plain typed actors to the mesh: spawns the instances of each service, queues the calls
 * that arrive, runs each at most once, and ends every one of them with a reply or a typed refusal.
 *
 * <p>Thread-safe. Stages complete on the threads of actors or of the host: do not block in what
 * depends on them. Close it after {@link #drain}, before the actor system terminates.
 */
public final class Host implements InboundHandler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Host.class);

  private final HostEnvironment environment;
  private final Policies policies;
  private final Sweeper sweeper;
  private final ServiceSpawner spawner;
  private final Map<String, ServedService<?>> services = new ConcurrentHashMap<>();
  private final List<Consumer<InstanceChange>> listeners = new CopyOnWriteArrayList<>();
  private volatile RouteCache routes = new RouteCache(this::resolve);
  private volatile boolean draining;

  /** A host that serves nothing yet and knows the codecs of {@link Codecs}. */
  public Host(
      ActorSystem<?> system,
      Ticker ticker,
      Policies policies,
      HostDispatchers dispatchers,
      HostObserver observer,
      HostStreams streams) {
    this(system, ticker, policies, dispatchers, observer, streams, Host::codec, null);
  }

  private static Optional<PayloadCodec> codec(String name) {
    return Stream.of(Codecs.cbor(), Codecs.kryo())
        .filter(codec -> codec.name().equals(name))
        .findFirst();
  }

  /**
   * A host that serves nothing yet.
   *
   * @param codecs the codec of a name that a caller uses, or empty if this node has none of it
   * @param tracing makes a span for each call served, null = none are made
   */
  public Host(
      ActorSystem<?> system,
      Ticker ticker,
      Policies policies,
      HostDispatchers dispatchers,
      HostObserver observer,
      HostStreams streams,
      Function<String, Optional<PayloadCodec>> codecs,
      @Nullable Tracing tracing) {
    ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
    this.policies = policies;
    this.sweeper = new Sweeper(ticker, this::sweep);
    this.environment =
        new HostEnvironment(
            system,
            classic.provider(),
            ticker,
            sweeper,
            dispatchers,
            streams,
            observer,
            codecs,
            this::changed,
            tracing);
    this.spawner = new ServiceSpawner(environment);
  }

  /**
   * Starts serving a service, with as many instances as its policy says, each from a behavior of
   * its own.
   *
   * @param behavior called once for each instance and again for each replacement, on its thread
   * @return completes when all instances have started; fails with a {@link HostException} if the
   *     service is hosted already, or if an instance fails while it starts for the first time: then
   *     none of it is hosted
   */
  public <C> CompletionStage<HostedService> host(
      ServiceContract<C> contract, Supplier<Behavior<C>> behavior) {
    return host(contract, behavior, policies.of(contract.name()).current().instances());
  }

  /** As {@link #host(ServiceContract, Supplier)}, with this many instances. */
  public <C> CompletionStage<HostedService> host(
      ServiceContract<C> contract, Supplier<Behavior<C>> behavior, int instances) {
    PublishedPolicy policy = policies.of(contract.name());
    ServiceLife life = new ServiceLife(contract.name(), instances);
    ServiceFrame frame =
        new ServiceFrame(contract.name(), contract.schema(), policy, environment, life);
    ServedService<C> served = new ServedService<>(contract, frame, instances);
    if (services.putIfAbsent(contract.name(), served) != null) {
      return CompletableFuture.failedStage(
          new HostException("service " + contract.name() + " is hosted on this node already"));
    }
    forgetRoutes();
    return start(served, behavior);
  }

  private <C> CompletionStage<HostedService> start(
      ServedService<C> served, Supplier<Behavior<C>> behavior) {
    ServiceFrame frame = served.frame();
    frame.life().onStopped(() -> ended(served));
    try {
      spawner.spawn(served, behavior);
    } catch (RuntimeException e) {
      frame.life().cannotStart(e);
    }
    HostedService hosted =
        new HostedService(frame.name(), frame.schema(), served.instances().size());
    // A failure is told when nothing of the service is left, so that it may be hosted anew.
    return frame
        .life()
        .whenStarted()
        .thenApply(started -> hosted)
        .exceptionallyCompose(
            failure ->
                frame
                    .life()
                    .whenStopped()
                    .thenCompose(stopped -> CompletableFuture.failedStage(failure)));
  }

  private void ended(ServedService<?> served) {
    int lost = served.stopped();
    if (lost > 0) {
      LOG.error(
          "Service {} stopped with {} accepted one-way calls that were never run.",
          served.frame().name(),
          lost);
    }
    services.remove(served.frame().name(), served);
    forgetRoutes();
  }

  /**
   * Takes a service from this node: nothing new is admitted, waiting calls are handed back to run
   * elsewhere, started calls may finish, accepted one-way calls are run, open streams go on for as
   * long as {@link HostStreams#patience} says; then the instances stop.
   *
   * @param patience how long to wait for what is started or accepted; then it ends as refused
   * @return completes when its instances have stopped; at once if the service is not hosted
   */
  public CompletionStage<Void> withdraw(String service, Duration patience) {
    ServedService<?> served = services.get(service);
    return served == null
        ? CompletableFuture.completedStage(null)
        : spawner.withdraw(served, patience);
  }

  /**
   * Lets open streams go on for a while, then ends them; and so it does with those that are replied
   * later. Calls are served as before.
   *
   * @param patience how long they may go on, if that is less than {@link HostStreams#patience}
   * @return completes when no stream is left that was replied
   */
  public CompletionStage<Void> drainStreams(Duration patience) {
    return spawner.drainStreams(services.values(), patience);
  }

  /** Withdraws all services, at the same time, and refuses all calls from now on. */
  public CompletionStage<Void> drain(Duration patience) {
    draining = true;
    CompletableFuture<?>[] all =
        services.values().stream()
            .map(served -> spawner.withdraw(served, patience).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all);
  }

  /** How every hosted service stands, by name. */
  public List<HostedServiceStatus> status() {
    return services.values().stream()
        .map(ServedService::status)
        .sorted(Comparator.comparing(HostedServiceStatus::service))
        .toList();
  }

  /**
   * Tells the listener, from now on, of every instance that becomes ready, drains or is gone.
   * Called on the instances' threads, in order for each instance; must not block.
   */
  public void onInstances(Consumer<InstanceChange> listener) {
    listeners.add(listener);
  }

  private void changed(InstanceChange change) {
    for (Consumer<InstanceChange> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        LOG.error("A listener failed on {}.", change, e);
      }
    }
  }

  @Override
  public void onCall(InboundCall call) {
    try {
      if (draining) {
        refuseDraining(call);
      } else {
        routes.of(call.key()).take(call);
      }
    } catch (RuntimeException e) {
      LOG.error("The host failed on a call to {}.", call.key().service(), e);
      var unused =
          call.refuse(Refusal.of(RefusalReason.INTERNAL, Refusals.describe(e)), LoadReport.NONE);
    }
  }

  private void refuseDraining(InboundCall call) {
    environment.observer().refused(call.key().service(), RefusalReason.DRAINING);
    Refusals.refuse(call, Refusals.draining(call.key().service()), LoadReport.NONE);
  }

  private Route resolve(OperationKey key) {
    ServedService<?> served = services.get(key.service());
    if (served != null) {
      return served.route(key);
    }
    String detail = "this node does not host " + key.service();
    return new Route.Refused(
        Refusal.of(RefusalReason.UNKNOWN_SERVICE, detail), environment.observer());
  }

  /** A new cache, so that what was resolved before the change cannot stay in it. */
  private void forgetRoutes() {
    routes = new RouteCache(this::resolve);
  }

  private boolean sweep(long now) {
    boolean any = false;
    for (ServedService<?> served : services.values()) {
      any |= served.sweep(now);
    }
    return any;
  }

  /** Ends the host's thread. Calls still in flight keep no deadline from here on. */
  @Override
  public void close() {
    sweeper.close();
  }
}
