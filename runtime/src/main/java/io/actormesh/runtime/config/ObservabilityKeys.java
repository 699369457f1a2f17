package io.actormesh.runtime.config;

import java.nio.file.Path;
import java.time.Duration;

/** Reads the settings of spans and of the access log. */
final class ObservabilityKeys {

  private static final long MIB = 1024 * 1024;
  private static final int MOST_WAITING = 1_000_000;

  private static final TextRule URL =
      TextRule.of("a URL that begins with http:// or https://", "https?://[^\\s/]+(/\\S*)?");

  private static final TextRule HEADER =
      TextRule.of("the name of a header", "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

  private static final TextRule ATTRIBUTE =
      TextRule.of(
          "the name of an attribute, such as team or k8s.pod.name", "[A-Za-z0-9._-]{1,128}");

  private static final TextRule VALUE =
      TextRule.of("a text of at most 4096 characters on one line", "[^\\p{Cntrl}]{1,4096}");

  private ObservabilityKeys() {}

  static NodeSettings.Tracing tracing(StrictConfig tracing) {
    return new NodeSettings.Tracing(
        tracing.flag("enabled"),
        tracing.text("endpoint", URL),
        tracing.textsByName("headers", HEADER, VALUE),
        tracing.share("sample-ratio"),
        tracing.optionalText("service-name", TextRule.LINE),
        tracing.textsByName("resource", ATTRIBUTE, TextRule.LINE),
        tracing.integer("queue", 16, MOST_WAITING),
        tracing.integer("batch", 1, 10_000),
        tracing.duration("interval", Duration.ofMillis(10), Duration.ofMinutes(1)),
        tracing.duration("export-timeout", Duration.ofMillis(100), Duration.ofMinutes(1)));
  }

  static NodeSettings.AccessLog accessLog(StrictConfig log) {
    return new NodeSettings.AccessLog(
        log.flag("enabled"),
        log.share("sample"),
        log.flag("failures"),
        log.duration("slow-after", Duration.ZERO, Duration.ofHours(1)),
        log.flag("logger"),
        log.optionalText("file", TextRule.PATH).map(Path::of),
        log.bytes("max-file-size", 64 * 1024, 1024 * 1024 * MIB),
        log.integer("max-files", 1, 1000),
        log.integer("queue", 16, MOST_WAITING));
  }
}
