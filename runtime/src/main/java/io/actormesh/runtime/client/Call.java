package io.actormesh.runtime.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.actormesh.router.Endpoint;
import io.actormesh.router.balance.Tried;
import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.failure.Attempt;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.policy.OperationPolicy;
import io.actormesh.runtime.policy.ServicePolicy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: what it carries, and what the layers keep of it. Its end is claimed once, by
 * whoever comes first: reply, refusal, lost link, deadline or the caller's cancel.
 *
 * @param <C> the protocol of the service called
 */
final class Call<C> implements Tried {

  @SuppressWarnings("rawtypes") // a field updater has no way to name a generic class
  private static final AtomicReferenceFieldUpdater<Call, Outcome> OUTCOME =
      AtomicReferenceFieldUpdater.newUpdater(Call.class, Outcome.class, "outcome");

  final OperationTarget<C> target;
  final C message;
  final String caller;
  final Priority priority;
  final long startedNanos;
  final long deadlineNanos;
  final @Nullable String identity;
  final ServicePolicy service;
  final OperationPolicy policy;
  private final CallPath path;
  private final CallEnd<C> whenEnded;

  /** The stream that it brings, if its operation takes one. */
  final @Nullable CallArgument argument;

  /** What travels with its attempts; set anew by the layer that gives the call a span. */
  @Nullable TraceContext trace;

  /** Its span, if it is recorded. */
  @Nullable CallSpan span;

  /** How many layers have passed the call on; they see its end. */
  int depth;

  /** The attempt that is under way. */
  volatile @Nullable CallAttempt<C> current;

  private volatile @Nullable Outcome outcome;
  private @Nullable ByteBuf payload;
  private boolean released;
  private int attempts;
  private @Nullable AttemptFailure lastFailure;
  private List<Endpoint> tried = List.of();
  private List<Attempt> failed = List.of();

  Call(CallPath path, OperationTarget<C> target, C message, CallTerms terms, CallEnd<C> whenEnded) {
    this.path = path;
    this.target = target;
    this.argument = CallArgument.of(target, message, terms.service().maxPayload());
    this.message =
        argument == null ? message : target.operation().withArgument(message, argument.local());
    this.caller = terms.caller();
    this.priority = terms.priority();
    this.startedNanos = terms.nowNanos();
    this.deadlineNanos = terms.deadlineNanos();
    this.trace = terms.trace();
    this.identity = terms.identity();
    this.service = terms.service();
    this.policy = terms.policy();
    this.whenEnded = whenEnded;
  }

  boolean ended() {
    return outcome != null;
  }

  @Nullable Outcome outcome() {
    return outcome;
  }

  int attempts() {
    return attempts;
  }

  int countAttempt() {
    return ++attempts;
  }

  /** Why the latest attempt failed, or null if none has. */
  @Nullable AttemptFailure lastFailure() {
    return lastFailure;
  }

  /** Encodes the message for the first remote attempt; later ones share the bytes. */
  void encode(ByteBufAllocator buffers) {
    synchronized (this) {
      if (payload == null && !released) {
        payload = target.codec().encodeRequest(message, buffers, service.maxPayload());
      }
    }
  }

  /** A share in the encoded message, owned by whoever asked; null once the call has ended. */
  synchronized @Nullable ByteBuf sharePayload() {
    return payload == null ? null : payload.retainedDuplicate();
  }

  /** Gives back the call's own share in the encoded message. */
  synchronized void releasePayload() {
    released = true;
    if (payload != null) {
      payload.release();
      payload = null;
    }
  }

  /** Remembers an attempt that has failed, and never goes to its endpoint again. */
  void remember(Endpoint endpoint, Attempt attempt, AttemptFailure why) {
    lastFailure = why;
    if (failed.isEmpty()) {
      tried = new ArrayList<>(2);
      failed = new ArrayList<>(2);
    }
    tried.add(endpoint);
    failed.add(attempt);
  }

  /** Lets it go where it has been, as that place may have become another one. */
  void forgetTried() {
    if (!tried.isEmpty()) {
      tried.clear();
    }
  }

  @Override
  public boolean contains(Endpoint endpoint) {
    for (Endpoint one : tried) {
      if (one.id().equals(endpoint.id())) {
        return true;
      }
    }
    return false;
  }

  /** Whether an attempt was asked for elements of its stream, which cannot be sent twice. */
  boolean argumentTaken() {
    return argument != null && argument.taken();
  }

  /** Ends the call with a reply, unless it has ended. */
  @CanIgnoreReturnValue
  boolean succeed(Object reply) {
    return end(Outcome.replied(reply));
  }

  /** Ends the call with a failure of the code's own kind, unless it has ended. */
  void fail(FailureCode code, Started started, String message, @Nullable Duration retryAfter) {
    if (!ended()) {
      fail(MeshFailure.of(detail(code, started, message, retryAfter)));
    }
  }

  /** Ends the call with a failure, unless it has ended. */
  void fail(MeshFailure failure) {
    end(Outcome.failed(failure));
  }

  /** Tells what it took; once it has ended. */
  void report(CallReport to) {
    CallAttempt<C> last = current;
    to.fill(
        priority,
        attempts,
        failed,
        last == null ? null : last.endpoint().label(),
        last == null ? 0 : last.queuedMicros(),
        last == null ? 0 : last.servedMicros());
  }

  FailureDetail detail(
      FailureCode code, Started started, String message, @Nullable Duration retryAfter) {
    return new FailureDetail(
        code,
        target.key().service(),
        target.key().operation(),
        message,
        failed,
        started,
        retryAfter);
  }

  @CanIgnoreReturnValue
  private boolean end(Outcome how) {
    if (!OUTCOME.compareAndSet(this, null, how)) {
      return false;
    }
    if (argument != null) {
      argument.callEnded(how.failure() == null);
    }
    path.leave(this);
    whenEnded.ended(this, how);
    return true;
  }
}
