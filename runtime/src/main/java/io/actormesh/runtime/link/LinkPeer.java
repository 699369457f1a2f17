package io.actormesh.runtime.link;

/**
 * The node at the other end, as the registry describes it.
 *
 * @param name the node's name, for people
 * @param nodeAddress its cluster address, {@code host:port}
 * @param incarnation its incarnation: the uid of its cluster member, new with every start
 * @param linkHost the host to dial
 * @param linkPort the port to dial
 */
public record LinkPeer(
    String name, String nodeAddress, long incarnation, String linkHost, int linkPort) {}
