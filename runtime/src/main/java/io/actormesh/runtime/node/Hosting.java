package io.actormesh.runtime.node;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A service that a node is told to host.
 *
 * @param placement where its instances run
 * @param behavior makes the behavior of one instance
 */
record Hosting<C>(
    ServiceContract<C> contract,
    Placement placement,
    Function<ServiceClients, Behavior<C>> behavior) {}
