package io.actormesh.runtime.config;

import org.apache.pekko.util.Version;

/** Versions of applications, which members compare with each other. */
final class Versions {

  private Versions() {}

  static boolean isOne(String text) {
    try {
      return !text.isBlank() && new Version(text).parse().version().equals(text);
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}
