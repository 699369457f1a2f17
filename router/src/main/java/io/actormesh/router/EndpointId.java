package io.actormesh.router;

/**
 * Names one instance of a service on one run of one node.
 *
 * @param node the node's cluster address, {@code host:port}
 * @param incarnation the node's incarnation: a restarted node has another
 * @param instance the instance's number on its node
 */
public record EndpointId(String node, long incarnation, int instance) {}
