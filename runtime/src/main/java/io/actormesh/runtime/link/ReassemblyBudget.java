package io.actormesh.runtime.link;

/** The bytes that one connection may have under reassembly. Owned by its loop. */
final class ReassemblyBudget {

  private final long limit;
  private long reserved;

  ReassemblyBudget(long limit) {
    this.limit = limit;
  }

  boolean tryReserve(int bytes) {
    if (bytes > limit - reserved) {
      return false;
    }
    reserved += bytes;
    return true;
  }

  void giveBack(int bytes) {
    reserved -= bytes;
  }

  long limit() {
    return limit;
  }

  long reserved() {
    return reserved;
  }
}
