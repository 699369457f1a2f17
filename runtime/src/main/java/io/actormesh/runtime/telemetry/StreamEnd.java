package io.actormesh.runtime.telemetry;

import java.util.Locale;

/** How a stream at the front door ended. */
public enum StreamEnd {
  /** All of it was said. */
  COMPLETED,
  /** The service, or the way to it, failed after the stream had begun. */
  FAILED,
  /** The call failed before the stream began. */
  REFUSED,
  /** The client went away, or had enough. */
  CANCELLED,
  /** The client sent what cannot be read. */
  INVALID,
  /** The client took nothing for too long. */
  STALLED,
  /** This node left. */
  DRAINED;

  /** The word in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
