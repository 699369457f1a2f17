package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the front door is given by its node.
 *
 * @param node the node's name; calls are made in the name of {@code ingress@<node>}
 * @param gateway how services are called
 * @param observer who counts the requests
 * @param ticker the clock of deadlines and latencies
 * @param clock tells whether certificates are valid
 * @param random makes trace and request ids; must be safe for use by many threads
 * @param records writes the access log and makes spans, null = neither
 */
public record IngressWiring(
    String node,
    CallGateway gateway,
    IngressObserver observer,
    Ticker ticker,
    InstantSource clock,
    RandomGenerator random,
    @Nullable RequestRecords records) {}
