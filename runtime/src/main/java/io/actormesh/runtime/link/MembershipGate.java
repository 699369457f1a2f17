package io.actormesh.runtime.link;

/**
 * Whether a node that dials this one belongs to the cluster, as this node sees it. Asked at each
 * handshake on an event loop: must answer at once.
 */
@FunctionalInterface
public interface MembershipGate {

  /** How a caller stands in this node's view. */
  enum Standing {
    /** A member: let it in. */
    KNOWN,
    /** Not (yet) a member here: it is told to dial again soon, for gossip may be under way. */
    NOT_YET,
    /** Its address is a member's, but of another incarnation: it is turned away. */
    WRONG_INCARNATION
  }

  /** The standing of the node with a cluster address ({@code host:port}) and an incarnation. */
  Standing standing(String nodeAddress, long incarnation);

  /** Lets everyone in: for tests. */
  static MembershipGate open() {
    return (address, incarnation) -> Standing.KNOWN;
  }
}
