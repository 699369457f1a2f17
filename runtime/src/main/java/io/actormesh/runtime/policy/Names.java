package io.actormesh.runtime.policy;

import java.util.Locale;

/** Writes constants as the configuration does. */
final class Names {

  private Names() {}

  /** {@code EVENT_LOOP} as {@code event-loop}. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
