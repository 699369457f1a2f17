package io.actormesh.runtime.tracing;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps OpenTelemetry's exporters from logging each request that fails, for {@link SpanExport} says
 * when an outage begins and ends. A level that the application has set stays.
 */
final class ExporterLog {

  /** Held, because the JDK forgets the level of a logger that nobody holds. */
  private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

  private ExporterLog() {}

  static void silence() {
    if (EXPORTERS.getLevel() == null) {
      EXPORTERS.setLevel(Level.OFF);
    }
  }
}
