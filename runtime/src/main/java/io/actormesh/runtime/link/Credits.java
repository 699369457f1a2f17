package io.actormesh.runtime.link;

/**
 * What a caller may still send on a connection. A call needs one call credit and some byte credit;
 * a payload may overdraw the bytes, so that a large one is not starved by small ones. Owned by the
 * loop.
 */
final class Credits {

  private long calls;
  private long bytes;

  Credits(long calls, long bytes) {
    this.calls = calls;
    this.bytes = bytes;
  }

  boolean any() {
    return calls > 0 && bytes > 0;
  }

  void spend(int payloadBytes) {
    calls--;
    bytes -= payloadBytes;
  }

  void grant(long moreCalls, long moreBytes) {
    calls = saturatedSum(calls, moreCalls);
    bytes = saturatedSum(bytes, moreBytes);
  }

  @Override
  public String toString() {
    return calls + " calls, " + bytes + " bytes";
  }

  private static long saturatedSum(long present, long more) {
    long sum = present + Math.max(0, more);
    return sum < present ? Long.MAX_VALUE : sum;
  }
}
