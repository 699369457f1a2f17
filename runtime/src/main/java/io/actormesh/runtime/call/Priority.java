package io.actormesh.runtime.call;

/**
 * How much a call matters when not all can be served. Under overload lower classes are refused
 * first; among waiting calls higher classes run first. Travels with the call and is inherited by
 * the calls made on its behalf.
 *
 * <p>Classes after the criticality levels of Google's SRE book, chapter "Handling Overload".
 */
public enum Priority {
  /** Must work even when little else does: payments, health of the platform. */
  CRITICAL,
  /** A user is waiting and would notice. */
  HIGH,
  /** The default. */
  NORMAL,
  /** Can be retried later or left out: prefetching, batch work. */
  SHEDDABLE;

  private static final Priority[] VALUES = values();

  /** The number that stands for this class on the wire, 0 (most important) to 3. */
  public int code() {
    return switch (this) {
      case CRITICAL -> 0;
      case HIGH -> 1;
      case NORMAL -> 2;
      case SHEDDABLE -> 3;
    };
  }

  /** The class for a wire number; numbers out of range (a newer peer) mean {@link #SHEDDABLE}. */
  public static Priority ofCode(int code) {
    return code >= 0 && code < VALUES.length ? VALUES[code] : SHEDDABLE;
  }
}
