package io.actormesh.runtime.node;

import io.actormesh.membership.Subscription;
import io.actormesh.runtime.policy.ServicePolicy.Restart;
import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's one right to run a service, while this node has it: has the host serve it, and is
 * gone only when the host has stopped it, since its end is what lets another node begin.
 */
final class SinglePlace {

  /** What it is told. */
  sealed interface Command {

    /** Stop serving, then end: another node takes over. */
    static Command stop() {
      return new Stop();
    }
  }

  private record Stop() implements Command {}

  private record Seen(boolean majority) implements Command {}

  private record Served(@Nullable Throwable failure) implements Command {}

  private record Withdrawn() implements Command {}

  private record Retry() implements Command {}

  /** The majority has been out of sight for as long as that may be a mistake. */
  private record CutOff() implements Command {}

  private static final Logger LOG = LoggerFactory.getLogger(SinglePlace.class);

  /**
   * How long the majority may be out of sight before that is believed, and then how long what runs
   * may take to end. A node that wakes from a long pause thinks for a moment that all others are
   * gone, and says so to everybody.
   */
  private static final Duration LONGEST_DOUBT = Duration.ofSeconds(1);

  /** Its share of the time that the others wait before they decide. */
  private static final int DOUBT_SHARE = 4;

  private enum State {
    OUT,
    CHANGING,
    SERVING
  }

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Singles singles;
  private final Hosting<?> hosting;
  private final String service;
  private final Subscription watch;
  private State state = State.OUT;
  private boolean majority = true;
  private boolean stopping;
  private boolean waiting;
  private int failures;

  private SinglePlace(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Singles singles,
      Hosting<?> hosting) {
    this.context = context;
    this.timers = timers;
    this.singles = singles;
    this.hosting = hosting;
    this.service = hosting.contract().name();
    var self = context.getSelf();
    this.watch = singles.watch(held -> self.tell(new Seen(held)));
  }

  static Behavior<Command> create(Singles singles, Hosting<?> hosting) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SinglePlace(context, timers, singles, hosting).run()));
  }

  private Behavior<Command> run() {
    LOG.info("Service {} is run by this node", service);
    singles.begun(service);
    // Nothing begins before the first view is seen: the subscription has told it already.
    return Behaviors.receive(Command.class)
        .onMessage(Seen.class, this::onSeen)
        .onMessage(CutOff.class, this::onCutOff)
        .onMessage(Served.class, this::onServed)
        .onMessage(Withdrawn.class, this::onWithdrawn)
        .onMessage(Retry.class, this::onRetry)
        .onMessage(Stop.class, this::onStop)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onSeen(Seen seen) {
    if (!seen.majority()) {
      if (!timers.isTimerActive(CutOff.class)) {
        timers.startSingleTimer(CutOff.class, new CutOff(), doubt());
      }
      return Behaviors.same();
    }
    timers.cancel(CutOff.class);
    majority = true;
    return settle();
  }

  private Duration doubt() {
    Duration share = singles.plan().settings().cluster().stableAfter().dividedBy(DOUBT_SHARE);
    return share.compareTo(LONGEST_DOUBT) < 0 ? share : LONGEST_DOUBT;
  }

  private Behavior<Command> onCutOff(CutOff cut) {
    if (majority && !stopping) {
      LOG.warn(
          "Service {} is stopped here: this node has lost sight of the majority, which may start"
              + " it elsewhere",
          service);
    }
    majority = false;
    return settle();
  }

  private Behavior<Command> onStop(Stop stop) {
    stopping = true;
    return settle();
  }

  private Behavior<Command> onServed(Served served) {
    Throwable failure = served.failure();
    if (failure == null) {
      failures = 0;
      state = State.SERVING;
      return settle();
    }
    state = State.OUT;
    waiting = true;
    Duration delay = backoff();
    LOG.error("Service {} did not start, again in {}", service, delay, failure);
    timers.startSingleTimer(new Retry(), delay);
    return settle();
  }

  private Duration backoff() {
    Restart policy = singles.plan().policies().of(service).current().restart();
    long doubled = policy.minBackoff().toMillis() << Math.min(failures++, 20);
    return Duration.ofMillis(Math.min(doubled, policy.maxBackoff().toMillis()));
  }

  private Behavior<Command> onRetry(Retry retry) {
    waiting = false;
    return settle();
  }

  private Behavior<Command> onWithdrawn(Withdrawn withdrawn) {
    state = State.OUT;
    return settle();
  }

  /** One step towards what should be, unless one is under way: its end comes back here. */
  private Behavior<Command> settle() {
    boolean wanted = majority && !stopping && !singles.closed();
    if (state == State.OUT && stopping) {
      return Behaviors.stopped();
    }
    if (state == State.OUT && wanted && !waiting) {
      state = State.CHANGING;
      context.pipeToSelf(singles.serve(hosting), (done, failure) -> new Served(failure));
    } else if (state == State.SERVING && !wanted) {
      state = State.CHANGING;
      context.pipeToSelf(singles.withdraw(service, patience()), SinglePlace::withdrawn);
    }
    return Behaviors.same();
  }

  private Duration patience() {
    return majority ? singles.plan().settings().drain().patience() : doubt();
  }

  private static Command withdrawn(@Nullable Done done, @Nullable Throwable failure) {
    return new Withdrawn();
  }

  private Behavior<Command> onPostStop() {
    watch.close();
    singles.ended(service);
    return Behaviors.same();
  }
}
