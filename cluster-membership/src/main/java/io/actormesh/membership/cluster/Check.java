package io.actormesh.membership.cluster;

import io.actormesh.membership.MembershipException;
import java.time.Duration;

/** Keeps settings that cannot work from getting past a constructor. */
final class Check {

  private static final int MAX_PORT = 65535;

  private Check() {}

  static void that(boolean holds, String problem, String fix) {
    if (!holds) {
      throw new MembershipException(problem, fix);
    }
  }

  static void positive(String key, Duration value) {
    that(
        !value.isNegative() && !value.isZero(),
        key + ": " + value + " is too short.",
        "Give it a positive duration.");
  }

  static void port(String key, int value) {
    that(
        value >= 0 && value <= MAX_PORT,
        key + ": " + value + " is no port.",
        "Set it to 1 to 65535, or to 0 for any free one.");
  }
}
