package io.actormesh.runtime.host;

import io.actormesh.runtime.call.AmbientContext;
import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.tracing.MeshSpan;
import io.actormesh.throttle.Limiter;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a run token into a call: claims the next one and applies the user's behavior to it, once.
 * Everything else in the mailbox (the actor's messages to itself, timers, adapted messages, answers
 * to {@code context.ask}) is of another class and passes by untouched.
 */
final class CallInterceptor<C> extends BehaviorInterceptor<RunToken, C> {

  private final Instance<C> instance;

  CallInterceptor(Instance<C> instance) {
    super(RunToken.class);
    this.instance = instance;
  }

  @Override
  public Behavior<C> aroundStart(TypedActorContext<RunToken> context, PreStartTarget<C> target) {
    Behavior<C> started = target.start(context);
    if (Behavior.isAlive(started)) {
      instance.started(context.asJava().getSelf());
    }
    return started;
  }

  @Override
  public Behavior<C> aroundReceive(
      TypedActorContext<RunToken> context, RunToken token, ReceiveTarget<C> target) {
    HostedCall<C> call = instance.claim();
    Behavior<C> next = call == null ? Behaviors.same() : run(call, context, target);
    instance.ran(call);
    return next;
  }

  private Behavior<C> run(
      HostedCall<C> call, TypedActorContext<RunToken> context, ReceiveTarget<C> target) {
    C message = read(call);
    if (message == null) {
      return Behaviors.same();
    }
    MeshSpan span = call.span();
    return span == null
        ? apply(call, message, context, target)
        : span.current(() -> apply(call, message, context, target));
  }

  private Behavior<C> apply(
      HostedCall<C> call, C message, TypedActorContext<RunToken> context, ReceiveTarget<C> target) {
    CallContext before = AmbientContext.enter(call.context());
    try {
      Behavior<C> next = target.apply(context, message);
      returned(call, next);
      return next;
    } catch (Throwable failure) {
      // Not supervised here: the actor is to fail, and its parent replaces it. But nobody who waits
      // for one of its calls has to wait for that.
      instance.lost(Refusals.failed(failure));
      throw failure;
    } finally {
      AmbientContext.leave(before);
    }
  }

  private @Nullable C read(HostedCall<C> call) {
    try {
      return call.message();
    } catch (CodecException e) {
      return unreadable(call, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      return unreadable(call, Refusals.describe(e));
    }
  }

  private @Nullable C unreadable(HostedCall<C> call, String detail) {
    call.fail(Refusal.of(RefusalReason.NOT_READABLE, detail), Limiter.Outcome.IGNORED);
    return null;
  }

  private void returned(HostedCall<C> call, Behavior<C> next) {
    if (Behavior.isUnhandled(next)) {
      String detail = "the service returned Behaviors.unhandled() for " + call.operation();
      call.fail(Refusal.of(RefusalReason.UNHANDLED, detail), Limiter.Outcome.IGNORED);
    } else if (call.oneWay()) {
      call.ran();
    }
    if (!Behavior.isAlive(next)) {
      instance.leaving();
    }
  }
}
