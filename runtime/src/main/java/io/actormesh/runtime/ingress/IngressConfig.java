package io.actormesh.runtime.ingress;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.config.DoorSecurity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/** The settings of Pekko's HTTP server that the front door needs; other servers keep theirs. */
final class IngressConfig {

  private static final int BACKLOG = 1024;
  static final int CHUNK = 64 * 1024;

  private IngressConfig() {}

  static ServerSettings serverSettings(IngressSettings settings, Config system) {
    return ServerSettings.create(overlay(settings).withFallback(system));
  }

  private static Config overlay(IngressSettings settings) {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("enable-http2", settings.http2());
    server.put("request-timeout", millis(settings.requestTimeout()));
    server.put("idle-timeout", millis(settings.idleTimeout()));
    server.put("linger-timeout", "10 s");
    server.put("max-connections", settings.connections().withMargin());
    server.put("backlog", BACKLOG);
    server.put("remote-address-attribute", true);
    server.put("server-header", "");
    server.put("verbose-error-messages", false);
    server.put("parsing", parsing(settings));
    server.put("http2", http2());
    server.put(
        "websocket",
        Map.of("periodic-keep-alive-max-idle", millis(settings.stream().pingInterval())));
    return ConfigFactory.parseMap(Map.of("pekko", Map.of("http", Map.of("server", server))));
  }

  private static Map<String, Object> parsing(IngressSettings settings) {
    DoorSecurity.Limits limits = settings.security().limits();
    return Map.of(
        "max-uri-length",
        limits.uri(),
        "max-header-count",
        limits.headers(),
        "max-header-value-length",
        limits.headerBytes(),
        // The front door limits bodies itself, to answer with its own problem document.
        "max-content-length",
        "infinite",
        // The server reads a chunk as a whole, be it of a body or of a stream.
        "max-chunk-size",
        Math.max(CHUNK, Math.max(settings.maxBody(), settings.stream().maxElement())),
        // Headers such as Accept and User-Agent say nothing to the front door.
        "modeled-header-parsing",
        false,
        "illegal-header-warnings",
        false,
        "error-handler",
        ParsingProblems.class.getName());
  }

  private static Map<String, Object> http2() {
    return Map.of(
        // Not collected: Pekko drops trailers while it does, and the end of the body with them, so
        // that the request is never handed over.
        "min-collect-strict-entity-size",
        0,
        // FrameGuard counts them, beside other frames, and says why it ends a connection.
        "frame-type-throttle",
        Map.of("frame-types", List.of()));
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
