package io.actormesh.runtime.host;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.host.HostObserver.InstanceObserver;
import io.actormesh.runtime.host.HostedServiceStatus.InstanceStatus;
import io.actormesh.runtime.host.HostedServiceStatus.Lifecycle;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.policy.ServicePolicy;
import io.actormesh.runtime.tracing.Tracing;
import io.actormesh.throttle.Limiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.ActorRefProvider;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a service as the host keeps it: its queue, its limits and what it has started.
 * Outlives the actor: when that fails, another takes its place here. Thread-safe; {@link #claim}
 * and {@link #ran} belong to the actor's thread.
 */
final class Instance<C> {

  private final int id;
  private final ServiceFrame service;
  private final InstanceObserver observer;
  private final CallQueue<C> queue = new CallQueue<>();
  private final LiveCalls<C> live;
  private final InstanceStreams streams;
  private final InstanceLoad load;
  private final Admission admission;
  private final AtomicReference<Lifecycle> lifecycle = new AtomicReference<>(Lifecycle.STARTING);
  private final AtomicLong restarts = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private volatile @Nullable Tokens tokens;

  Instance(int id, ServiceFrame service) {
    this.id = id;
    this.service = service;
    ServicePolicy.Throttle throttle = service.policy().throttle();
    observer = service.host().observer().instance(service.name(), id);
    live = new LiveCalls<>(throttle.queue() + throttle.instanceInFlight());
    streams = new InstanceStreams(service, observer);
    load = new InstanceLoad(service);
    admission = new Admission(service, load);
  }

  int id() {
    return id;
  }

  InstanceObserver observer() {
    return observer;
  }

  InstanceStreams streams() {
    return streams;
  }

  String service() {
    return service.name();
  }

  long nowNanos() {
    return service.host().ticker().nowNanos();
  }

  int maxPayload() {
    return service.policy().maxPayload();
  }

  ActorRefProvider refProvider() {
    return service.host().refProvider();
  }

  boolean ready() {
    return lifecycle.get() == Lifecycle.READY;
  }

  /** How much it has to do: what a caller who may choose compares. */
  int backlog() {
    return load.queue().calls() + load.permits().inFlight();
  }

  LoadReport load() {
    return load.report();
  }

  // --- in
  // ------------------------------------------------------------------------------------------

  /** Takes a call into the queue, or refuses it. Any thread; looks at the header alone. */
  void admit(InboundCall inbound, OperationBinding<C> operation) {
    Refusal closed = closed();
    if (closed == null && operation.streams()) {
      closed = fullOfStreams();
    }
    Refusal refusal = closed == null ? admission.enter(inbound, nowNanos()) : closed;
    if (refusal == null) {
      enqueue(new HostedCall<>(inbound, operation, this));
      return;
    }
    observer.refused(refusal.reason());
    unrun(inbound, nowNanos() - inbound.arrivedNanos(), refusal);
    Refusals.refuse(inbound, refusal, load());
  }

  /** A call has ended without having been run; where tracing is on, that has a span, too. */
  void unrun(InboundCall inbound, long queuedNanos, Refusal refusal) {
    Tracing tracing = service.host().tracing();
    if (tracing != null) {
      ServeSpan.unrun(tracing, inbound, service.name(), id, queuedNanos, refusal);
    }
  }

  private void enqueue(HostedCall<C> call) {
    load.queued(call.arrivedNanos());
    live.add(call);
    queue.add(call, call.priority());
    observer.queued(call.payloadBytes());
    // Looked at again now that whoever empties the queue can see the call: one of the two does it.
    Refusal closed = closed();
    if (closed != null && call.leaveQueue(CallState.HANDED_BACK, closed)) {
      return;
    }
    if (call.oneWay()) {
      call.accept();
    } else {
      call.listenForRecall();
    }
    service.host().sweeper().arm();
    issueToken();
  }

  private @Nullable Refusal fullOfStreams() {
    int most = service.policy().throttle().instanceStreams();
    return streams.open() < most ? null : Refusals.tooManyStreams(service.name(), id, most);
  }

  private @Nullable Refusal closed() {
    if (service.draining()) {
      return Refusals.draining(service.name());
    }
    return ready() ? null : Refusals.gone(service.name(), id);
  }

  // --- running: the actor's thread
  // -------------------------------------------------------------------

  /** A token was taken from the mailbox: the next call to run, started, if there is one. */
  @Nullable HostedCall<C> claim() {
    Tokens present = tokens;
    if (present != null) {
      present.used();
    }
    long now = nowNanos();
    Limiter permits = load.permits().current();
    if (!permits.tryAcquire(now)) {
      return null;
    }
    HostedCall<C> call = startNext(permits, now);
    if (call == null) {
      permits.release(Limiter.Outcome.IGNORED, now, now);
    }
    return call;
  }

  private @Nullable HostedCall<C> startNext(Limiter permit, long now) {
    HostedCall<C> call;
    Tracing tracing = service.host().tracing();
    while ((call = queue.poll()) != null) {
      if (call.expired(now)) {
        DeadlineSweep.expire(call);
        admission.skipped();
        continue;
      }
      if (tracing != null) {
        call.traced(tracing, service.name(), now);
      }
      if (call.start(permit, contextOf(call, now), now)) {
        started(call, now);
        return call;
      }
      admission.skipped();
    }
    return null;
  }

  private void started(HostedCall<C> call, long now) {
    load.queue().remove(call.payloadBytes());
    long waited = now - call.arrivedNanos();
    load.waited(waited);
    observer.started(waited);
  }

  /** What runs on behalf of nobody who waits has its operation's time from its start. */
  private CallContext contextOf(HostedCall<C> call, long now) {
    long deadline =
        call.oneWay()
            ? now + service.policy().operation(call.operation()).deadline().toNanos()
            : call.deadlineNanos();
    return call.contextUntil(service.name(), deadline);
  }

  /** The actor's thread is done with a token, whether or not a call was run for it. */
  void ran(@Nullable HostedCall<C> call) {
    if (call != null) {
      load.ran(call.startedNanos());
    }
    issueToken();
  }

  private void issueToken() {
    Tokens present = tokens;
    if (present != null) {
      present.issue(Math.min(load.queue().calls(), load.permits().free()));
    }
  }

  // --- out
  // -------------------------------------------------------------------------------------------

  /** A call left the queue without having been run. */
  void leftUnrun(HostedCall<C> call, RefusalReason reason) {
    admission.leftUnrun();
    load.queue().remove(call.payloadBytes());
    live.remove(call);
    observer.left(reason);
  }

  /** A started call has ended: its permit is free for the next. */
  void settled(HostedCall<C> call, Limiter permit, Limiter.Outcome outcome) {
    live.remove(call);
    permit.release(outcome, call.startedNanos(), nowNanos());
    issueToken();
  }

  void extraReply(boolean answeredBefore) {
    if (answeredBefore) {
      observer.secondReply();
    } else {
      observer.lateReply();
    }
  }

  /** Ends what has passed its deadline. Returns whether calls remain. The sweeper's thread. */
  boolean sweep(long now) {
    if (load.queue().calls() == 0 && load.permits().surelyNoneTaken()) {
      return false;
    }
    DeadlineSweep<C> sweep = new DeadlineSweep<>(now, unanswered);
    live.forEach(sweep);
    load.oldestArrived(sweep.oldestArrived());
    return sweep.any();
  }

  /** Gives back what waits and can be run elsewhere; accepted one-way calls stay. */
  void handBack(Refusal refusal) {
    live.forEach(
        call -> {
          if (!call.oneWay()) {
            call.leaveQueue(CallState.HANDED_BACK, refusal);
          }
        });
  }

  /** Whether nothing waits, nothing is started and no stream is open. */
  boolean idle() {
    return live.isEmpty() && streams.open() == 0;
  }

  // --- the actor's life
  // ------------------------------------------------------------------------------

  /** An actor has started and takes tokens. */
  void started(ActorRef<RunToken> actor) {
    tokens = new Tokens(actor);
    Lifecycle before =
        lifecycle.getAndUpdate(now -> now == Lifecycle.STOPPED ? now : Lifecycle.READY);
    if (before != Lifecycle.STOPPED) {
      // One that is replaced during a drain runs what was accepted, and takes nothing new.
      boolean draining = service.draining();
      service.changed(id, draining ? InstanceChange.State.DRAINING : InstanceChange.State.READY);
      service.life().ready(id);
    }
    issueToken();
  }

  /** The actor will take no more tokens: what waits goes elsewhere. */
  void leaving() {
    if (lifecycle.compareAndSet(Lifecycle.READY, Lifecycle.REPLACING)) {
      tokens = null;
      service.changed(id, InstanceChange.State.GONE);
    } else {
      lifecycle.compareAndSet(Lifecycle.STARTING, Lifecycle.REPLACING);
    }
    handBack(Refusals.gone(service.name(), id));
  }

  /** The actor has failed or stopped: what it started has ended, too. */
  void lost(Refusal why) {
    failStarted(why);
    leaving();
  }

  private void failStarted(Refusal why) {
    live.forEach(call -> call.fail(why, Limiter.Outcome.IGNORED));
  }

  void replaced() {
    restarts.incrementAndGet();
    observer.replaced();
  }

  /** Given up for good: nothing remains. Returns how many accepted one-way calls were lost. */
  int stopped(Refusal why) {
    Lifecycle before = lifecycle.getAndSet(Lifecycle.STOPPED);
    tokens = null;
    if (before == Lifecycle.READY) {
      service.changed(id, InstanceChange.State.GONE);
    }
    failStarted(why);
    handBack(Refusals.draining(service.name()));
    AtomicLong lost = new AtomicLong();
    live.forEach(call -> abandon(call, lost));
    return lost.intValue();
  }

  private void abandon(HostedCall<C> call, AtomicLong lost) {
    if (call.abandon(CallState.HANDED_BACK, RefusalReason.DRAINING)) {
      observer.abandoned();
      lost.incrementAndGet();
    }
  }

  InstanceStatus status() {
    return new InstanceStatus(
        id,
        requireNonNull(lifecycle.get()),
        load.permits().inFlight(),
        load.queue().calls(),
        load.queue().bytes(),
        Duration.ofNanos(load.queueAgeNanos()),
        load.busyPermille(),
        streams.open(),
        restarts.get(),
        unanswered.get());
  }
}
