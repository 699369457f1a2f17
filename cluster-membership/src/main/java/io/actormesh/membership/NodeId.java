package io.actormesh.membership;

import java.util.Comparator;

/**
 * One run of one node. A process that restarts at the same address is another node, because its
 * incarnation differs: what was said about the old one never applies to the new one.
 *
 * @param address where other nodes reach it for cluster traffic, as {@code host:port}
 * @param incarnation number that Pekko draws at random for each start of the actor system
 */
public record NodeId(String address, long incarnation) implements Comparable<NodeId> {

  private static final Comparator<NodeId> ORDER =
      Comparator.comparing(NodeId::address).thenComparingLong(NodeId::incarnation);

  public NodeId {
    if (address.isBlank()) {
      throw new IllegalArgumentException("address: '" + address + "' (expected: host:port)");
    }
  }

  /** By address, then by incarnation: the same order on every node. */
  @Override
  public int compareTo(NodeId other) {
    return ORDER.compare(this, other);
  }

  /** {@code host:port#incarnation}, the incarnation in hexadecimal. */
  @Override
  public String toString() {
    return address + "#" + Long.toHexString(incarnation);
  }
}
