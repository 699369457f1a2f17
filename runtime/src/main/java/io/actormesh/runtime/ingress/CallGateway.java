package io.actormesh.runtime.ingress;

import io.actormesh.runtime.client.CallOptions;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.concurrent.CompletionStage;

/** How the front door calls services: the mesh's clients, or a fake in a test. */
@FunctionalInterface
public interface CallGateway {

  /**
   * Calls an operation. Must not block.
   *
   * @param message the operation's message, without a reply ref
   * @param options deadline, priority, caller and trace; {@code inline}, so that the stage
   *     completes on the thread that brings the reply
   * @return completes with the reply (the value inside a {@code StatusReply}), with {@code Done}
   *     once a one-way message is accepted, or with a {@link
   *     io.actormesh.runtime.failure.MeshFailure}
   */
  <C> CompletionStage<Object> call(
      ServiceContract<C> contract, Operation<C> operation, C message, CallOptions options);
}
