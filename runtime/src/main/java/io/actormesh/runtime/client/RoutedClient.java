package io.actormesh.runtime.client;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ReplyKind;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Rejected;
import io.actormesh.runtime.failure.Started;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** The client that sends its calls down the {@link CallPath}. */
final class RoutedClient<C> implements ServiceClient<C> {

  private final CallFactory<C> calls;
  private final CallPath path;
  private final Completions completions;
  private final CallTermsSource terms;

  RoutedClient(
      CallFactory<C> calls, CallPath path, Completions completions, CallTermsSource terms) {
    this.calls = calls;
    this.path = path;
    this.completions = completions;
    this.terms = terms;
  }

  @Override
  @SuppressWarnings(
      "unchecked") // the contract has checked that the reply ref's type is the reply's
  public <R> MeshFuture<R> ask(Function<ActorRef<R>, ? extends C> message) {
    C made = calls.message(message);
    Operation<C> operation = contract().operationOf(made);
    requireReply(operation);
    boolean status = operation.replyKind() == ReplyKind.STATUS;
    return (MeshFuture<R>) start(operation, made, CallOptions.DEFAULT, status);
  }

  @Override
  @SuppressWarnings("unchecked") // as for ask
  public <R> MeshFuture<R> askWithStatus(Function<ActorRef<StatusReply<R>>, ? extends C> message) {
    C made = calls.message(message);
    Operation<C> operation = contract().operationOf(made);
    requireReply(operation);
    return (MeshFuture<R>) start(operation, made, CallOptions.DEFAULT, false);
  }

  @Override
  @SuppressWarnings("unchecked") // a one-way call completes with Done
  public MeshFuture<Done> tell(C message) {
    Operation<C> operation = contract().operationOf(message);
    if (!operation.oneWay()) {
      throw new IllegalArgumentException(
          "operation: " + operation.name() + " has a reply (expected: a one-way one; use ask)");
    }
    MeshFuture<?> accepted = start(operation, message, CallOptions.DEFAULT, false);
    return (MeshFuture<Done>) accepted;
  }

  @Override
  public MeshFuture<Object> call(Operation<C> operation, C message, CallOptions options) {
    return start(operation, message, options, false);
  }

  @Override
  public ServiceClient<C> withDeadline(Duration deadline) {
    return with(terms.withDeadline(deadline));
  }

  @Override
  public ServiceClient<C> withPriority(Priority priority) {
    return with(terms.withPriority(priority));
  }

  @Override
  public ServiceClient<C> onBehalfOf(ActorRef<?> replyTo) {
    return calls
        .contextOf(replyTo)
        .<ServiceClient<C>>map(context -> with(terms.onBehalfOf(context)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "replyTo: " + replyTo + " (expected: the reply ref of a call of this mesh)"));
  }

  @Override
  public ServiceClient<C> detached(Duration deadline) {
    return with(terms.detachedFor(deadline));
  }

  @Override
  public ServiceContract<C> contract() {
    return calls.contract();
  }

  void forgetEdges() {
    calls.forgetEdges();
  }

  private RoutedClient<C> with(CallTermsSource changed) {
    return new RoutedClient<>(calls, path, completions, changed);
  }

  private MeshFuture<Object> start(
      Operation<C> operation, C message, CallOptions options, boolean asStatus) {
    MeshFuture<Object> future = new MeshFuture<>(completions.executor());
    CallReport report = options.report();
    CallEnd<C> end =
        (call, outcome) -> {
          if (report != null) {
            call.report(report);
          }
          complete(call, future, outcome, options.inline(), asStatus);
        };
    Call<C> call = calls.call(path, operation, message, terms, options, end);
    future.onCancel(() -> cancel(call));
    path.start(call);
    return future;
  }

  private void complete(
      Call<C> call, MeshFuture<Object> future, Outcome outcome, boolean inline, boolean asStatus) {
    if (inline) {
      completeNow(call, future, outcome, asStatus);
    } else {
      completions.add(() -> completeNow(call, future, outcome, asStatus));
    }
  }

  private static <C> void completeNow(
      Call<C> call, MeshFuture<Object> future, Outcome outcome, boolean asStatus) {
    Object reply = outcome.reply();
    MeshFailure failure = outcome.failure();
    if (reply != null) {
      boolean taken = future.complete(asStatus ? StatusReply.success(reply) : reply);
      if (!taken && reply instanceof Source<?, ?> stream) {
        discard(call, stream);
      }
    } else if (asStatus && failure instanceof Rejected rejected) {
      future.complete(StatusReply.error(rejected.detail().message()));
    } else {
      future.completeExceptionally(failure);
    }
  }

  /** Cancelled after the reply had come and before anybody could see it. */
  @SuppressWarnings("unchecked") // streams of the mesh materialize nothing
  private static <C> void discard(Call<C> call, Source<?, ?> stream) {
    call.target.streams().runner().discard((Source<?, NotUsed>) stream);
  }

  private static <C> void cancel(Call<C> call) {
    call.fail(FailureCode.CANCELLED, Started.MAYBE, "The caller cancelled the call.", null);
    @Nullable CallAttempt<C> attempt = call.current;
    if (attempt != null) {
      attempt.recall();
    }
  }

  private static void requireReply(Operation<?> operation) {
    if (operation.oneWay()) {
      throw new IllegalArgumentException(
          "operation: " + operation.name() + " is one-way (expected: one with a reply; use tell)");
    }
  }
}
