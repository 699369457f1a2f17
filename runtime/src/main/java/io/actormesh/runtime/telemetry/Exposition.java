package io.actormesh.runtime.telemetry;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;

/**
 * All metrics as text.
 *
 * @param contentType the media type of the text, with version and charset
 * @param text the metrics
 */
public record Exposition(String contentType, String text) {

  private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  static Exposition of(PrometheusMeterRegistry registry, String accept) {
    boolean open = accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
    String type = open ? OPEN_METRICS : PLAIN;
    return new Exposition(type, registry.scrape(type));
  }
}
