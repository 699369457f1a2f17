package io.actormesh.runtime.client;

import io.actormesh.runtime.call.AmbientContext;
import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.client.Clients.Environment;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.policy.OperationPolicy;
import io.actormesh.runtime.policy.PublishedPolicy;
import io.actormesh.runtime.policy.ServicePolicy;
import io.actormesh.runtime.tracing.Tracing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Makes calls of one service: works out their terms from client, context and policy. */
final class CallFactory<C> {

  private final ServiceContract<C> contract;
  private final Map<Operation<C>, OperationTarget<C>> targets;
  private final PublishedPolicy policy;
  private final Environment environment;

  CallFactory(
      ServiceContract<C> contract,
      Map<Operation<C>, OperationTarget<C>> targets,
      PublishedPolicy policy,
      Environment environment) {
    this.contract = contract;
    this.targets = targets;
    this.policy = policy;
    this.environment = environment;
  }

  ServiceContract<C> contract() {
    return contract;
  }

  void forgetEdges() {
    targets.values().forEach(target -> target.stats().forgetEdges());
  }

  Optional<CallContext> contextOf(ActorRef<?> replyTo) {
    return environment.contextOf().apply(replyTo);
  }

  /** Lets users' code make the message, with a ref that stands for the reply. */
  @SuppressWarnings("unchecked") // the placeholder ignores what it is told, so its type is free
  <R> C message(Function<ActorRef<R>, ? extends C> maker) {
    return maker.apply((ActorRef<R>) environment.placeholder());
  }

  Call<C> call(
      CallPath path,
      Operation<C> operation,
      C message,
      CallTermsSource source,
      CallOptions options,
      CallEnd<C> whenEnded) {
    OperationTarget<C> target = targets.get(operation);
    if (target == null) {
      throw new IllegalArgumentException(
          "operation: " + operation.name() + " (expected: one of service " + contract.name() + ")");
    }
    return new Call<>(path, target, message, terms(operation, source, options), whenEnded);
  }

  private CallTerms terms(Operation<C> operation, CallTermsSource source, CallOptions options) {
    CallContext context = source.context() == null ? AmbientContext.current() : source.context();
    ServicePolicy service = policy.current();
    OperationPolicy own = service.operation(operation.name());
    long now = environment.ticker().nowNanos();
    return new CallTerms(
        caller(context, options),
        priority(context, source, options, own),
        now,
        deadline(now, context, source, options, own),
        trace(context, source, options),
        identity(context, options),
        service,
        own);
  }

  private String caller(@Nullable CallContext context, CallOptions options) {
    if (options.caller() != null) {
      return options.caller();
    }
    return context == null ? environment.nodeName() : context.service();
  }

  private static Priority priority(
      @Nullable CallContext context,
      CallTermsSource source,
      CallOptions options,
      OperationPolicy own) {
    if (options.priority() != null) {
      return options.priority();
    }
    if (source.priority() != null) {
      return source.priority();
    }
    return context == null ? own.priority() : context.priority();
  }

  private static long deadline(
      long now,
      @Nullable CallContext context,
      CallTermsSource source,
      CallOptions options,
      OperationPolicy own) {
    Duration wanted = options.deadline() == null ? source.deadline() : options.deadline();
    long latest = now + (wanted == null ? own.deadline() : wanted).toNanos();
    if (context == null || source.detached()) {
      return latest;
    }
    // Subtract, then compare: readings may wrap.
    return context.deadlineNanos() - latest < 0 ? context.deadlineNanos() : latest;
  }

  private static @Nullable String identity(@Nullable CallContext context, CallOptions options) {
    if (options.identity() != null) {
      return options.identity();
    }
    return context == null ? null : context.identity();
  }

  private @Nullable TraceContext trace(
      @Nullable CallContext context, CallTermsSource source, CallOptions options) {
    if (options.trace() != null) {
      return options.trace();
    }
    if (environment.tracing() != null) {
      return parent(context, source);
    }
    TraceContext parent = context == null ? null : context.trace();
    return parent == null ? null : parent.child(environment.random());
  }

  /** Where tracing is on, each call gets a span of its own on the way. */
  private static @Nullable TraceContext parent(
      @Nullable CallContext context, CallTermsSource source) {
    // A span that users' code has begun within the call being received is nearer than the call's.
    TraceContext current = source.context() == null ? Tracing.current() : null;
    return current != null || context == null ? current : context.trace();
  }
}
