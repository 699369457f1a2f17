package io.actormesh.runtime.client;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/**
 * Calls one service, wherever it runs. Thread-safe; keep it and use it from actors and plain Java
 * alike.
 *
 * <p>Every future completes, with a reply or with a {@link
 * io.actormesh.runtime.failure.MeshFailure}, at the latest at the call's deadline (plus 20 ms). It
 * completes on the mesh's own executor; cancelling it recalls the call. Used within a service's
 * receive, a client passes on that call's deadline, priority and trace; after the receive has
 * returned, name the call with {@link #onBehalfOf}.
 *
 * @param <C> the service's protocol
 */
public interface ServiceClient<C> {

  /**
   * Sends a request and returns its reply.
   *
   * @param message makes the message with the reply ref it is given, {@code r -> new Greet("Ann",
   *     r)}; runs once, on the calling thread. The ref stands for the reply, it must not be told
   *     anything
   */
  <R> MeshFuture<R> ask(Function<ActorRef<R>, ? extends C> message);

  /**
   * Sends a request whose reply can be an error of the service: the future completes with the value
   * inside, or fails with {@link io.actormesh.runtime.failure.Rejected} and the service's text.
   */
  <R> MeshFuture<R> askWithStatus(Function<ActorRef<StatusReply<R>>, ? extends C> message);

  /**
   * Sends a one-way message. The future completes when the serving node has accepted it: from then
   * on that node runs it, or hands it to one that does.
   */
  MeshFuture<Done> tell(C message);

  /**
   * Sends a message of an operation that is known only at run time, as the front door does.
   * Completes with the reply (the value inside a {@code StatusReply}), or with {@code Done} for a
   * one-way one.
   *
   * @param message the message, with any reply ref or none
   */
  MeshFuture<Object> call(Operation<C> operation, C message, CallOptions options);

  /**
   * The same client with another deadline for its calls; a caller's own deadline still bounds it.
   */
  ServiceClient<C> withDeadline(Duration deadline);

  /** The same client with another priority for its calls. */
  ServiceClient<C> withPriority(Priority priority);

  /**
   * The same client for calls made on behalf of the call that {@code replyTo} answers: they inherit
   * its remaining time, priority and trace. For use after the receive has returned.
   */
  ServiceClient<C> onBehalfOf(ActorRef<?> replyTo);

  /**
   * The same client for work that must outlive the call being served, such as undoing a
   * reservation: calls do not inherit a deadline, but take the given one. They keep priority and
   * trace.
   */
  ServiceClient<C> detached(Duration deadline);

  /** The contract of the service called. */
  ServiceContract<C> contract();
}
