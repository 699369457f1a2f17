package io.actormesh.runtime.ingress;

import io.actormesh.runtime.client.CallOptions;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Records calls and answers them as the test says. */
final class FakeGateway implements CallGateway {

  final List<Object> messages = new CopyOnWriteArrayList<>();
  final List<CallOptions> options = new CopyOnWriteArrayList<>();
  private volatile Function<Object, CompletionStage<Object>> answer =
      message -> CompletableFuture.completedFuture(new Shop.Greeting("Hello, Ann!"));

  void replies(Object reply) {
    answer = message -> CompletableFuture.completedFuture(reply);
  }

  void fails(Throwable failure) {
    answer = message -> CompletableFuture.failedFuture(failure);
  }

  void answers(Function<Object, CompletionStage<Object>> function) {
    answer = function;
  }

  @Override
  public <C> CompletionStage<Object> call(
      ServiceContract<C> contract, Operation<C> operation, C message, CallOptions with) {
    messages.add(message);
    options.add(with);
    return answer.apply(message);
  }
}
