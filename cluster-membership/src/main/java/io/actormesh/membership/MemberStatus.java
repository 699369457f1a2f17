package io.actormesh.membership;

/** Where a node stands on its way through the cluster. */
public enum MemberStatus {
  /** It has been let in; not all members know it yet. */
  JOINING,
  /** It may work although the members cannot agree at the moment, as one of them is unreachable. */
  WEAKLY_UP,
  /** A full member. */
  UP,
  /** It has asked to leave. */
  LEAVING,
  /** Its leaving is agreed; it is shutting down. */
  EXITING,
  /** It was declared dead and is about to be removed; it will not come back. */
  DOWN;

  /** Whether it may still be sent new work, as far as the cluster is concerned. */
  public boolean staying() {
    return this == JOINING || this == WEAKLY_UP || this == UP;
  }

  /** Whether it counts as started. */
  public boolean started() {
    return this == WEAKLY_UP || this == UP;
  }
}
