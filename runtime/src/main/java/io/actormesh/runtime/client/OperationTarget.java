package io.actormesh.runtime.client;

import io.actormesh.router.cluster.ServiceRoute;
import io.actormesh.runtime.codec.OperationCodec;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.throttle.Limiter;

/**
 * An operation made ready to be called: everything about it that is the same for all calls.
 *
 * @param key how links name it
 * @param limiter this node's limit of calls in flight to the service
 * @param moving where calls wait while the service's only instance moves
 */
record OperationTarget<C>(
    Operation<C> operation,
    OperationKey key,
    OperationCodec<C> codec,
    ServiceRoute route,
    Limiter limiter,
    MovingCalls moving,
    CallStats stats,
    ClientStreams streams) {

  /** Service and operation, as spans name them. */
  String path() {
    return key.service() + "/" + key.operation();
  }
}
