package io.actormesh.runtime.host;

import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.policy.ServicePolicy.Restart;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorInitializationException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parent of a service's instances: spawns each from the user's factory, sees it fail or stop,
 * and after a back-off spawns another in its place.
 */
final class ServiceParent<C> {

  /** What the host tells the parent. */
  sealed interface Command {}

  private record Spawn(int instance) implements Command {}

  /** Stop all instances, then yourself. */
  enum Stop implements Command {
    NOW
  }

  /** The actor that serves an instance at present. */
  private record Incarnation<C>(Instance<C> instance, long bornNanos) {}

  private static final Logger LOG = LoggerFactory.getLogger(ServiceParent.class);

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ServiceFrame service;
  private final List<Instance<C>> instances;
  private final Supplier<Behavior<C>> factory;
  private final DispatcherSelector dispatcher;
  private final Map<ActorRef<?>, Incarnation<C>> actors = new HashMap<>();
  private final Map<Integer, RestartBackoff> backoffs = new HashMap<>();
  private boolean stopping;

  private ServiceParent(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ServedService<C> served,
      Supplier<Behavior<C>> factory,
      DispatcherSelector dispatcher) {
    this.context = context;
    this.timers = timers;
    this.service = served.frame();
    this.instances = served.instances();
    this.factory = factory;
    this.dispatcher = dispatcher;
  }

  static <C> Behavior<Command> create(
      ServedService<C> served, Supplier<Behavior<C>> factory, DispatcherSelector dispatcher) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new ServiceParent<>(context, timers, served, factory, dispatcher).serving()));
  }

  private Behavior<Command> serving() {
    instances.forEach(this::spawn);
    return Behaviors.receive(Command.class)
        .onMessage(Spawn.class, this::onSpawn)
        .onMessageEquals(Stop.NOW, this::onStop)
        .onSignal(ChildFailed.class, this::onFailed)
        .onSignal(Terminated.class, this::onStopped)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private void spawn(Instance<C> instance) {
    Behavior<RunToken> served =
        Behaviors.intercept(
            () -> new CallInterceptor<>(instance), Behaviors.setup(own -> factory.get()));
    ActorRef<RunToken> actor = context.spawn(served, Integer.toString(instance.id()), dispatcher);
    context.watch(actor);
    actors.put(actor, new Incarnation<>(instance, service.host().ticker().nowNanos()));
  }

  private Behavior<Command> onSpawn(Spawn spawn) {
    if (!stopping) {
      spawn(instances.get(spawn.instance()));
    }
    return Behaviors.same();
  }

  private Behavior<Command> onStop() {
    stopping = true;
    actors.keySet().forEach(context::stop);
    return actors.isEmpty() ? Behaviors.stopped() : Behaviors.same();
  }

  private Behavior<Command> onFailed(ChildFailed failure) {
    Throwable cause = failure.getCause();
    while (cause instanceof ActorInitializationException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return ended(failure, Refusals.failed(cause), cause);
  }

  private Behavior<Command> onStopped(Terminated stop) {
    Refusal refusal =
        Refusal.of(RefusalReason.STOPPED, "the instance stopped before it answered the call");
    return ended(stop, refusal, new HostException("it stopped by itself"));
  }

  private Behavior<Command> ended(Terminated signal, Refusal why, Throwable cause) {
    Incarnation<C> ended = actors.remove(signal.getRef());
    if (ended == null) {
      return Behaviors.same();
    }
    ended.instance().lost(why);
    if (stopping || service.life().failedToStart(ended.instance().id(), cause)) {
      return onStop();
    }
    replace(ended, why);
    return Behaviors.same();
  }

  private void replace(Incarnation<C> ended, Refusal why) {
    int id = ended.instance().id();
    Restart policy = service.policy().restart();
    long lived = service.host().ticker().nowNanos() - ended.bornNanos();
    RestartBackoff backoff =
        backoffs.getOrDefault(id, RestartBackoff.NONE).afterFailure(lived, policy);
    backoffs.put(id, backoff);
    Duration delay = backoff.delay(policy);
    LOG.warn(
        "Instance {} of service {} is replaced in {} ms: {}",
        id,
        service.name(),
        delay.toMillis(),
        why.detail());
    ended.instance().replaced();
    timers.startSingleTimer(id, new Spawn(id), delay);
  }

  private Behavior<Command> onPostStop() {
    service.life().stopped();
    return Behaviors.same();
  }
}
