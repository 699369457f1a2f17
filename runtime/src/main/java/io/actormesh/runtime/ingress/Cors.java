package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.failure.FailureCode;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin resource sharing as the Fetch standard has it: tells browsers which pages of other
 * origins may call. Immutable.
 */
final class Cors {

  private static final String ANY = "*";
  private static final HttpHeader VARY = RawHeader.create("Vary", "Origin");
  private static final HttpHeader VARY_PREFLIGHT =
      RawHeader.create(
          "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");

  private final DoorSecurity.Cors settings;
  private final boolean any;
  private final List<HttpHeader> onPreflight;
  private final List<HttpHeader> onAnswer;

  Cors(DoorSecurity.Cors settings) {
    this.settings = settings;
    this.any = settings.origins().contains(ANY);
    this.onPreflight =
        List.of(
            list("Access-Control-Allow-Methods", settings.methods()),
            list("Access-Control-Allow-Headers", settings.headers()),
            RawHeader.create(
                "Access-Control-Max-Age", Long.toString(settings.maxAge().toSeconds())));
    this.onAnswer =
        settings.exposedHeaders().isEmpty()
            ? List.of()
            : List.of(list("Access-Control-Expose-Headers", settings.exposedHeaders()));
  }

  /** Whether any origin may call at all; if not, nothing else need be asked. */
  boolean on() {
    return !settings.origins().isEmpty();
  }

  /**
   * Adds to a request's answer what its origin is to know.
   *
   * @return whether the request is a preflight of an origin that may call, and so is answered
   */
  boolean label(Exchange exchange) {
    HttpRequest request = exchange.request;
    String origin = header(request, "origin");
    boolean preflight =
        origin != null
            && request.method() == HttpMethods.OPTIONS
            && header(request, "access-control-request-method") != null;
    exchange.answerWith(preflight ? VARY_PREFLIGHT : VARY);
    if (origin == null || !allows(origin)) {
      return false;
    }
    exchange.answerWith(RawHeader.create("Access-Control-Allow-Origin", any ? ANY : origin));
    if (settings.credentials()) {
      exchange.answerWith(RawHeader.create("Access-Control-Allow-Credentials", "true"));
    }
    (preflight ? onPreflight : onAnswer).forEach(exchange::answerWith);
    return preflight;
  }

  /**
   * Refuses a WebSocket that a page of another origin opens, unless that origin may call. Browsers
   * ask for no permission before they open one, so the door must look itself, also where CORS is
   * off. Who sends no {@code Origin} is no browser.
   *
   * @throws InvalidRequestException if it is refused
   */
  void requireAllowedOrigin(HttpRequest request) {
    String origin = header(request, "origin");
    if (origin != null && !allows(origin) && !isOwn(origin, request)) {
      throw new InvalidRequestException(
          Problem.of(FailureCode.FORBIDDEN, "Pages of this origin may not connect."));
    }
  }

  boolean allows(String origin) {
    if (any) {
      return true;
    }
    String lower = origin.toLowerCase(Locale.ROOT);
    for (String allowed : settings.origins()) {
      if (fits(allowed, lower)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(String allowed, String origin) {
    int star = allowed.indexOf(ANY);
    if (star < 0) {
      return allowed.equals(origin);
    }
    String scheme = allowed.substring(0, star);
    String rest = allowed.substring(star + 1);
    int from = scheme.length();
    int to = origin.length() - rest.length();
    return to > from
        && origin.startsWith(scheme)
        && origin.endsWith(rest)
        && areLabels(origin, from, to);
  }

  /** Nothing but a host's labels: no user, port or path can hide in what a star stands for. */
  private static boolean areLabels(String origin, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = origin.charAt(i);
      boolean label = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
      if (!label) {
        return false;
      }
    }
    return origin.charAt(from) != '.';
  }

  private static boolean isOwn(String origin, HttpRequest request) {
    String host = header(request, "host");
    int authority = origin.indexOf("://");
    return host != null && authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
  }

  private static @Nullable String header(HttpRequest request, String lowercaseName) {
    for (HttpHeader header : request.getHeaders()) {
      if (header.lowercaseName().equals(lowercaseName)) {
        return header.value();
      }
    }
    return null;
  }

  private static HttpHeader list(String name, List<String> values) {
    return RawHeader.create(name, String.join(", ", values));
  }
}
