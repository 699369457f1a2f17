package io.actormesh.runtime.host;

import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.host.HostObserver.InstanceObserver;
import io.actormesh.runtime.host.HostedServiceStatus.InstanceStatus;
import io.actormesh.runtime.host.HostedServiceStatus.Lifecycle;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.policy.ServicePolicy;
import io.actormesh.throttle.FixedLimit;
import io.actormesh.throttle.Limiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final Duration MIN_RETRY_AFTER = Duration.ofMillis(10);
  private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(5);
  private static final int MIN_UNRUN_KEPT = 64;

  private final int id;
  private final ServiceFrame service;
  private final InstanceObserver observer;
  private final CallQueue<C> queue = new CallQueue<>();
  private final QueueGauge gauge = new QueueGauge();
  private final LiveCalls<C> live;
  private final BusyMeter busy;
  private final AtomicReference<Lifecycle> lifecycle = new AtomicReference<>(Lifecycle.STARTING);

  /** Calls that ended unrun and still stand in the queue, to be skipped when their turn comes. */
  private final AtomicInteger unrun = new AtomicInteger();

  private final AtomicLong restarts = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private volatile @Nullable Tokens tokens;
  private volatile Limiter limiter;
  private volatile boolean limitChanged;
  private volatile long lastWaitNanos;
  private volatile long oldestArrivedNanos;

  Instance(int id, ServiceFrame service) {
    this.id = id;
    this.service = service;
    ServicePolicy.Throttle throttle = service.policy().throttle();
    observer = service.host().observer().instance(service.name(), id);
    live = new LiveCalls<>(throttle.queue() + throttle.instanceInFlight());
    limiter = new FixedLimit(throttle.instanceInFlight());
    busy = new BusyMeter(nowNanos());
  }

  int id() {
    return id;
  }

  InstanceObserver observer() {
    return observer;
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
    return gauge.calls() + limiter.inFlight();
  }

  // --- admission ---------------------------------------------------------------------------------

  /** Takes a call into the queue, or refuses it. Any thread; looks at the header alone. */
  void admit(InboundCall inbound, OperationBinding<C> operation) {
    Refusal refusal = reasonAgainst(inbound);
    if (refusal != null) {
      observer.refused(refusal.reason());
      Refusals.refuse(inbound, refusal, load());
      return;
    }
    HostedCall<C> call = new HostedCall<>(inbound, operation, this);
    if (gauge.calls() == 1) {
      oldestArrivedNanos = call.arrivedNanos();
    }
    live.add(call);
    queue.add(call, call.priority());
    // Looked at again now that whoever empties the queue can see the call: one of the two does it.
    Refusal closed = closedFor();
    if (closed != null && call.leaveQueue(CallState.HANDED_BACK, closed)) {
      return;
    }
    observer.queued(call.payloadBytes());
    if (call.oneWay()) {
      call.accept();
    } else {
      call.listenForRecall();
    }
    service.host().sweeper().arm();
    issueToken();
  }

  private @Nullable Refusal reasonAgainst(InboundCall inbound) {
    Refusal closed = closedFor();
    if (closed != null) {
      return closed;
    }
    ServicePolicy policy = service.policy();
    if (inbound.payloadBytes() > policy.maxPayload()) {
      return Refusals.tooLarge(inbound.payloadBytes(), policy.maxPayload());
    }
    if (nowNanos() - inbound.deadlineNanos() >= 0) {
      return Refusal.of(RefusalReason.EXPIRED, "its deadline had passed when it arrived");
    }
    return reasonOfQueue(inbound.payloadBytes(), policy.throttle());
  }

  private @Nullable Refusal reasonOfQueue(int bytes, ServicePolicy.Throttle throttle) {
    // A handler that does not return leaves what expires behind it standing in the queue.
    if (unrun.get() > throttle.queue() + MIN_UNRUN_KEPT) {
      return Refusals.full(RefusalReason.QUEUE_FULL, throttle.queue(), retryAfterMillis());
    }
    return switch (gauge.tryAdd(bytes, throttle.queue(), throttle.queueBytes())) {
      case FREE -> null;
      case NO_CALLS ->
          Refusals.full(RefusalReason.QUEUE_FULL, throttle.queue(), retryAfterMillis());
      case NO_BYTES ->
          Refusals.full(RefusalReason.BYTES_FULL, throttle.queueBytes(), retryAfterMillis());
    };
  }

  private @Nullable Refusal closedFor() {
    if (service.draining()) {
      return Refusals.draining(service.name());
    }
    return ready() ? null : Refusals.gone(service.name(), id);
  }

  /** As long as calls wait at present: a caller who comes back then finds another queue. */
  private long retryAfterMillis() {
    long wait = Duration.ofNanos(lastWaitNanos).toMillis();
    return Math.max(MIN_RETRY_AFTER.toMillis(), Math.min(MAX_RETRY_AFTER.toMillis(), wait));
  }

  // --- running: the actor's thread ---------------------------------------------------------------

  /** A token was taken from the mailbox: the next call to run, started, if there is one. */
  @Nullable HostedCall<C> claim() {
    Tokens present = tokens;
    if (present != null) {
      present.used();
    }
    long now = nowNanos();
    Limiter permits = currentLimiter();
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
    while ((call = queue.poll()) != null) {
      if (call.expired(now)) {
        expire(call);
      } else if (call.start(permit, contextOf(call, now), now)) {
        started(call, now);
        return call;
      }
      unrun.decrementAndGet();
    }
    return null;
  }

  private void started(HostedCall<C> call, long now) {
    gauge.remove(call.payloadBytes());
    lastWaitNanos = now - call.arrivedNanos();
    observer.started(lastWaitNanos);
  }

  /** What runs late on behalf of nobody who waits has its operation's time from its start. */
  private CallContext contextOf(HostedCall<C> call, long now) {
    long deadline =
        call.oneWay()
            ? now + service.policy().operation(call.operation()).deadline().toNanos()
            : call.deadlineNanos();
    return call.contextUntil(service.name(), deadline);
  }

  private Limiter currentLimiter() {
    int bound = service.policy().throttle().instanceInFlight();
    if (limiter.limit() != bound) {
      // Calls give their permit back to the limiter they have it from: the change is gradual, and
      // the present limiter no longer counts all that is started.
      limitChanged = true;
      limiter = new FixedLimit(bound);
    }
    return limiter;
  }

  /** The actor's thread is done with a token, whether or not a call was run for it. */
  void ran(@Nullable HostedCall<C> call) {
    if (call != null) {
      busy.ran(call.startedNanos(), nowNanos());
    }
    issueToken();
  }

  private void issueToken() {
    Tokens present = tokens;
    if (present != null) {
      Limiter permits = limiter;
      present.issue(Math.min(gauge.calls(), permits.limit() - permits.inFlight()));
    }
  }

  // --- ends --------------------------------------------------------------------------------------

  /** A call left the queue without having been run. */
  void leftUnrun(HostedCall<C> call, RefusalReason reason) {
    unrun.incrementAndGet();
    gauge.remove(call.payloadBytes());
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

  /** Ends what has passed its deadline. The sweep's thread. Returns whether calls remain. */
  boolean sweep(long now) {
    if (!limitChanged && gauge.calls() == 0 && limiter.inFlight() == 0) {
      return false;
    }
    Sweep sweep = new Sweep(now);
    live.forEach(call -> sweepOne(call, sweep));
    oldestArrivedNanos = sweep.oldestArrived;
    return sweep.any;
  }

  private static final class Sweep {
    private final long now;
    private long oldestArrived;
    private boolean any;

    Sweep(long now) {
      this.now = now;
      this.oldestArrived = now;
    }
  }

  private void sweepOne(HostedCall<C> call, Sweep sweep) {
    if (call.expired(sweep.now)) {
      if (!expire(call)) {
        leaveUnanswered(call);
      }
      return;
    }
    sweep.any = true;
    if (call.state() == CallState.QUEUED && call.arrivedNanos() - sweep.oldestArrived < 0) {
      sweep.oldestArrived = call.arrivedNanos();
    }
  }

  private boolean expire(HostedCall<C> call) {
    return call.leaveQueue(
        CallState.EXPIRED,
        Refusal.of(RefusalReason.EXPIRED, "its deadline passed while it waited; it was not run"));
  }

  private void leaveUnanswered(HostedCall<C> call) {
    Refusal refusal =
        Refusal.of(RefusalReason.UNANSWERED, "the service had not answered at the deadline");
    if (call.fail(refusal, Limiter.Outcome.DROPPED)) {
      unanswered.incrementAndGet();
    }
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

  /** Whether nothing waits and nothing is started. */
  boolean idle() {
    return live.isEmpty();
  }

  // --- the actor's life
  // ----------------------------------------------------------------------------

  /** An actor has started and takes tokens. */
  void started(ActorRef<RunToken> actor) {
    tokens = new Tokens(actor);
    if (lifecycle.getAndUpdate(now -> now == Lifecycle.STOPPED ? now : Lifecycle.READY)
        != Lifecycle.STOPPED) {
      service.changed(id, InstanceChange.State.READY);
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

  /** Fails every call that was started and not answered. */
  void failStarted(Refusal why) {
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
    AtomicInteger lost = new AtomicInteger();
    Refusal handedBack = Refusals.draining(service.name());
    live.forEach(
        call -> {
          if (call.leaveQueue(CallState.HANDED_BACK, handedBack) && call.oneWay()) {
            observer.abandoned();
            lost.incrementAndGet();
          }
        });
    return lost.get();
  }

  // --- reports
  // -------------------------------------------------------------------------------------

  LoadReport load() {
    int queued = gauge.calls();
    long micros = queued == 0 ? 0 : queueAgeNanos() / 1000;
    int age = (int) Math.min(Integer.MAX_VALUE, micros);
    return new LoadReport(limiter.inFlight(), queued, age, busy.permille(), 0);
  }

  /** How long the oldest waiting call has waited, to the sweep's exactness. */
  private long queueAgeNanos() {
    return Math.max(0, nowNanos() - oldestArrivedNanos);
  }

  InstanceStatus status() {
    int queued = gauge.calls();
    return new InstanceStatus(
        id,
        lifecycle.get(),
        limiter.inFlight(),
        queued,
        gauge.bytes(),
        Duration.ofNanos(queued == 0 ? 0 : queueAgeNanos()),
        busy.permille(),
        restarts.get(),
        unanswered.get());
  }
}
