package io.actormesh.runtime.node;

/** Where in the mesh instances of a service run. The same on all nodes that host the service. */
public final class Placement {

  private static final Placement EVERYWHERE = new Placement("everywhere");
  private static final Placement SINGLE = new Placement("single");

  private final String name;

  private Placement(String name) {
    this.name = name;
  }

  /** On every node that hosts it, as many as its policy says: the ordinary placement. */
  public static Placement everywhere() {
    return EVERYWHERE;
  }

  /**
   * At most one instance in the mesh, on the node that has been a member longest of those that host
   * the service; another one takes over when that node leaves or is removed. The policy's number of
   * instances is not looked at.
   *
   * <p>Calls made while it moves wait at the caller until it is back, at most {@code
   * throttle.moving-calls} of them on a node, and fail with {@code MESH-MOVING} if it is not back
   * by their deadline, with {@code MESH-MOVING-LIMIT} if more calls wait. A planned leave loses no
   * call. What the instance keeps in memory does not move with it.
   *
   * <p>A node that has lost sight of the majority stops its instance before the majority starts
   * another one. No mesh can stop what a process that was suspended goes on doing when it wakes:
   * guard what must never happen twice at the place that is written to, as by a version of the row.
   */
  public static Placement single() {
    return SINGLE;
  }

  boolean isSingle() {
    return this == SINGLE;
  }

  @Override
  public String toString() {
    return name;
  }
}
