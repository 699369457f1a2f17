package io.actormesh.membership.registry;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Timing of the registry.
 *
 * @param confirmTimeout how long a change waits for the peers' confirmation; default 2 s
 * @param resendInterval how often an unconfirmed entry is sent again; default 300 ms
 * @param strangerPatience how long the entry of a node that is not a member is kept, here and in
 *     Distributed Data; default 60 s
 * @param maxEntryBytes largest encoded size of a node's entry; default 192 KiB, below Artery's
 *     frame
 */
public record RegistrySettings(
    Duration confirmTimeout,
    Duration resendInterval,
    Duration strangerPatience,
    long maxEntryBytes) {

  public RegistrySettings {
    requirePositive("confirm-timeout", confirmTimeout);
    requirePositive("resend-interval", resendInterval);
    requirePositive("stranger-patience", strangerPatience);
    if (maxEntryBytes < 1024) {
      throw new IllegalArgumentException(
          "max-entry-size: " + maxEntryBytes + " (expected: >= 1024 bytes)");
    }
  }

  /** The settings under {@code actormesh.cluster.registry}, given that object. */
  public static RegistrySettings from(Config registry) {
    return new RegistrySettings(
        registry.getDuration("confirm-timeout"),
        registry.getDuration("resend-interval"),
        registry.getDuration("stranger-patience"),
        registry.getBytes("max-entry-size"));
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: > 0)");
    }
  }
}
