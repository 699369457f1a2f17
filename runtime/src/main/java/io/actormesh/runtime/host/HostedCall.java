package io.actormesh.runtime.host;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.host.ReplySender.Sent;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.stream.StreamFailures;
import io.actormesh.runtime.tracing.MeshSpan;
import io.actormesh.runtime.tracing.Tracing;
import io.actormesh.throttle.Limiter;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * One call in the care of an instance, from admission to its end. Whoever moves its {@link
 * CallState} owns the consequences of that step, so payload, room in the queue and permit are each
 * given back exactly once. It is the runnable that hears of a recall.
 */
final class HostedCall<C> extends QueueNode implements Runnable {

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(HostedCall.class, "state", CallState.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final InboundCall inbound;
  private final OperationBinding<C> binding;
  private final Instance<C> instance;

  /** The encoded message, or the message itself; owned by whoever takes the call out of QUEUED. */
  private final Object body;

  private final int payloadBytes;
  private volatile CallState state = CallState.QUEUED;

  // Written before the step that publishes them: the place before the call can be found, the others
  // before it is STARTED.
  private LiveCalls.@Nullable Table<C> table;
  private int place;
  private @Nullable Limiter permit;
  private long startedNanos;
  private @Nullable CallContext context;
  private @Nullable ReplyRef replyRef;
  private volatile @Nullable HostedStream argument;
  private @Nullable MeshSpan span;

  HostedCall(InboundCall inbound, OperationBinding<C> binding, Instance<C> instance) {
    this.inbound = inbound;
    this.binding = binding;
    this.instance = instance;
    this.payloadBytes = inbound.payloadBytes();
    // Taken over now: a link releases what it still holds when a one-way call is accepted.
    this.body = inbound.local() ? inbound.localMessage() : inbound.takePayload();
  }

  boolean oneWay() {
    return binding.oneWay();
  }

  Priority priority() {
    return inbound.priority();
  }

  int payloadBytes() {
    return payloadBytes;
  }

  long arrivedNanos() {
    return inbound.arrivedNanos();
  }

  CallState state() {
    return state;
  }

  boolean ended() {
    CallState now = state;
    return now != CallState.QUEUED && now != CallState.STARTED;
  }

  /** Whether its caller has stopped waiting; an accepted one-way call has nobody who waits. */
  boolean expired(long nowNanos) {
    return !oneWay() && nowNanos - inbound.deadlineNanos() >= 0;
  }

  void placed(LiveCalls.Table<C> inTable, int atPlace) {
    table = inTable;
    place = atPlace;
  }

  LiveCalls.Table<C> table() {
    return requireNonNull(table);
  }

  int place() {
    return place;
  }

  /** Its context; there is one from its start on. */
  CallContext context() {
    return requireNonNull(context);
  }

  /** When it was started; meaningful from its start on. */
  long startedNanos() {
    return startedNanos;
  }

  /** Begins its span, before its context is asked for, where tracing is on. */
  void traced(Tracing tracing, String service, long nowNanos) {
    span = ServeSpan.started(tracing, inbound, service, instance.id(), nowNanos - arrivedNanos());
  }

  /** Its span, if it is recorded. */
  @Nullable MeshSpan span() {
    return span;
  }

  /** Claims it for the instance's thread: from here on it counts as run. */
  boolean start(Limiter withPermit, CallContext inContext, long nowNanos) {
    permit = withPermit;
    startedNanos = nowNanos;
    context = inContext;
    replyRef = oneWay() ? null : new ReplyRef(instance.refProvider(), this);
    return STATE.compareAndSet(this, CallState.QUEUED, CallState.STARTED);
  }

  /** Its message; decoded, and the payload released, here. The thread that started it, once. */
  C message() {
    return binding.message(body, replyRef == null ? null : replyRef.typed(), openArgument());
  }

  private @Nullable Source<Object, NotUsed> openArgument() {
    if (!binding.takesStream()) {
      return null;
    }
    HostedStream opened = instance.streams().argument(binding.name());
    argument = opened;
    if (ended()) {
      opened.callFailed();
    }
    return binding.argument(
        inbound, body, opened.life(), instance.streams().runner(), this::argumentFailure);
  }

  private MeshFailure argumentFailure(StreamFailure failure) {
    return StreamFailures.of(
        StreamFailures.ofArgument(failure.fault()),
        instance.service(),
        binding.name(),
        failure,
        List.of());
  }

  /** Ends it unrun, if it still waits. */
  boolean leaveQueue(CallState how, Refusal refusal) {
    if (!abandon(how, refusal.reason())) {
      return false;
    }
    long queuedNanos = instance.nowNanos() - arrivedNanos();
    inbound.took(queuedNanos, 0);
    instance.unrun(inbound, queuedNanos, refusal);
    var unused = inbound.refuse(refusal, instance.load());
    return true;
  }

  /** Ends it unrun, if it still waits; tells nobody, because a one-way call was accepted. */
  boolean abandon(CallState how, RefusalReason reason) {
    if (!STATE.compareAndSet(this, CallState.QUEUED, how)) {
      return false;
    }
    if (body instanceof ByteBuf payload) {
      payload.release();
    }
    instance.leftUnrun(this, reason);
    return true;
  }

  /** Ends it unanswered, if it has been started and not answered. */
  boolean fail(Refusal refusal, Limiter.Outcome outcome) {
    if (!STATE.compareAndSet(this, CallState.STARTED, CallState.FAILED)) {
      return false;
    }
    instance.observer().failed(refusal.reason(), served());
    if (!oneWay()) {
      var unused = inbound.refuse(refusal, instance.load());
    }
    failArgument();
    endSpan(refusal, false);
    settled(outcome);
    return true;
  }

  /** The first message to its reply ref ends it; later ones are counted. */
  void reply(Object message) {
    if (!STATE.compareAndSet(this, CallState.STARTED, CallState.ANSWERED)) {
      instance.extraReply(state == CallState.ANSWERED);
      StreamReplies.discard(message, instance.streams());
      return;
    }
    long serviceNanos = served();
    Sent sent =
        binding
            .replies()
            .send(inbound, message, instance.streams(), instance.maxPayload(), instance.load());
    if (sent.refusal() != null) {
      instance.observer().failed(sent.refusal().reason(), serviceNanos);
      failArgument();
    } else {
      instance.observer().answered(serviceNanos, sent.error());
    }
    HostedStream brought = argument;
    if (brought != null) {
      brought.callAnswered();
    }
    endSpan(sent.refusal(), sent.error());
    settled(Limiter.Outcome.SUCCESS);
  }

  private void failArgument() {
    HostedStream brought = argument;
    if (brought != null) {
      brought.callFailed();
    }
  }

  /** A one-way call has returned from receive. */
  void ran() {
    if (STATE.compareAndSet(this, CallState.STARTED, CallState.ANSWERED)) {
      instance.observer().answered(served(), false);
      endSpan(null, false);
      settled(Limiter.Outcome.SUCCESS);
    }
  }

  /** Tells the caller that the node has taken responsibility for a one-way call. */
  void accept() {
    var unused = inbound.accept(instance.load());
  }

  /** Hears, from now on, whether the caller recalls it. */
  void listenForRecall() {
    inbound.onRecall(this);
  }

  /** The caller has recalled it, or its connection has gone. */
  @Override
  public void run() {
    boolean waited =
        leaveQueue(
            CallState.CANCELLED,
            Refusal.of(RefusalReason.RECALLED, "recalled while waiting; it was not run"));
    if (!waited && state == CallState.STARTED) {
      failArgument();
    }
  }

  /** The context that its run, and the calls made on its behalf, have. */
  CallContext contextUntil(String service, long deadlineNanos) {
    return new CallContext(
        service,
        binding.name(),
        inbound.caller(),
        inbound.priority(),
        deadlineNanos,
        inbound.attempt(),
        span == null ? inbound.trace() : span.trace(),
        inbound.identity());
  }

  long deadlineNanos() {
    return inbound.deadlineNanos();
  }

  String operation() {
    return binding.name();
  }

  /** Ends its time here, and says how long it has run. */
  private long served() {
    long nanos = instance.nowNanos() - startedNanos;
    inbound.took(startedNanos - arrivedNanos(), nanos);
    return nanos;
  }

  private void endSpan(@Nullable Refusal refusal, boolean error) {
    if (span == null) {
      return;
    }
    if (refusal != null) {
      ServeSpan.failed(span, refusal);
    } else if (error) {
      span.fail(FailureCode.REJECTED, "the service answered with an error");
    }
    span.end();
  }

  private void settled(Limiter.Outcome outcome) {
    if (replyRef != null) {
      replyRef.ended();
    }
    instance.settled(this, requireNonNull(permit), outcome);
  }
}
