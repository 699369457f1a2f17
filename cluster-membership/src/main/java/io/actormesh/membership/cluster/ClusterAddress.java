package io.actormesh.membership.cluster;

/**
 * Where cluster traffic goes. Others dial {@code host} and {@code port}; the node listens at the
 * bind pair, which differs behind NAT and in containers.
 *
 * @param host name or address that is right from every other node
 * @param port port as the others see it; 0 picks a free one
 * @param bindHost address to listen at
 * @param bindPort port to listen at
 */
public record ClusterAddress(String host, int port, String bindHost, int bindPort) {

  public ClusterAddress {
    Check.that(
        !host.isBlank(),
        "actormesh.cluster.host is empty.",
        "Set it, or MESH_HOST, to what other nodes dial.");
    Check.port("actormesh.cluster.port", port);
    Check.port("actormesh.cluster.bind-port", bindPort);
  }

  /** Listens where it is dialled. */
  public static ClusterAddress at(String host, int port) {
    return new ClusterAddress(host, port, host, port);
  }
}
