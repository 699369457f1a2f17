package io.actormesh.runtime.admin;

/**
 * An instance as this node's router sees it.
 *
 * @param endpoint its name in figures and failures: {@code node/instance}
 * @param node the name of the node it runs on
 * @param instance its number on that node
 * @param zone the node's zone, empty if nobody said
 * @param version the application's version on that node
 * @param state {@code READY}, {@code SERVING} (draining) or {@code UNAVAILABLE}
 * @param weight its share of the traffic relative to the others
 * @param health what this node thinks of it, in a word
 * @param excluded why this node sends it no calls, in a sentence; empty if it does
 * @param inFlight the calls that this node has in flight to it
 */
public record EndpointView(
    String endpoint,
    String node,
    int instance,
    String zone,
    String version,
    String state,
    int weight,
    String health,
    String excluded,
    int inFlight) {}
