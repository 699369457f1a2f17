package io.actormesh.runtime.telemetry;

import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param maxEdges for how many combinations of caller, operation and endpoint this node keeps
 *     figures of their own, at least 1; further ones share the endpoint {@code other}
 * @param retention how long the figures of a vanished endpoint, instance or link are still shown
 */
public record TelemetrySettings(int maxEdges, Duration retention) {

  /** 2000 edges, kept for five minutes after their endpoint has vanished. */
  public static final TelemetrySettings DEFAULTS =
      new TelemetrySettings(2000, Duration.ofMinutes(5));

  public TelemetrySettings {
    require(maxEdges >= 1, "maxEdges: " + maxEdges + " (expected: >= 1)");
    require(!retention.isNegative(), "retention: " + retention + " (expected: not negative)");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
