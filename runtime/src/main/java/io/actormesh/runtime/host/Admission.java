package io.actormesh.runtime.host;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.policy.ServicePolicy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a call may wait for an instance. Looks at the call's header alone, so that
 * refusing stays cheap when there is much to refuse. Thread-safe.
 */
final class Admission {

  /** However short the queue: so many calls that ended unrun may stand in it. */
  private static final int MIN_UNRUN_KEPT = 64;

  private final ServiceFrame service;
  private final InstanceLoad load;

  /** Calls that ended unrun and still stand in the queue, to be skipped when their turn comes. */
  private final AtomicInteger unrun = new AtomicInteger();

  Admission(ServiceFrame service, InstanceLoad load) {
    this.service = service;
    this.load = load;
  }

  /** Takes room in the queue for the call, or says why not. */
  @Nullable Refusal enter(InboundCall call, long nowNanos) {
    ServicePolicy policy = service.policy();
    if (call.payloadBytes() > policy.maxPayload()) {
      return Refusals.tooLarge(call.payloadBytes(), policy.maxPayload());
    }
    if (nowNanos - call.deadlineNanos() >= 0) {
      return Refusal.of(RefusalReason.EXPIRED, "its deadline had passed when it arrived");
    }
    return enterQueue(call, policy.throttle());
  }

  private @Nullable Refusal enterQueue(InboundCall call, ServicePolicy.Throttle throttle) {
    // A handler that does not return leaves what expires behind it standing in the queue.
    if (unrun.get() > throttle.queue() + MIN_UNRUN_KEPT) {
      return full(RefusalReason.QUEUE_FULL, throttle.queue());
    }
    int bound = call.priority() == Priority.SHEDDABLE ? sheddable(throttle) : throttle.queue();
    return switch (load.queue().tryAdd(call.payloadBytes(), bound, throttle.queueBytes())) {
      case FREE -> null;
      case NO_CALLS -> full(RefusalReason.QUEUE_FULL, bound);
      case NO_BYTES -> full(RefusalReason.BYTES_FULL, throttle.queueBytes());
    };
  }

  /** The last quarter of the queue is for calls that matter: what can be left out goes first. */
  private static int sheddable(ServicePolicy.Throttle throttle) {
    return throttle.queue() - throttle.queue() / 4;
  }

  private Refusal full(RefusalReason reason, long bound) {
    return Refusals.full(reason, bound, load.retryAfterMillis());
  }

  /** A waiting call has ended unrun. */
  void leftUnrun() {
    unrun.incrementAndGet();
  }

  /** One that had ended unrun no longer stands in the queue. */
  void skipped() {
    unrun.decrementAndGet();
  }
}
