package io.actormesh.runtime.ingress.auth;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which routes an access rule concerns: {@code GET /orders/*}, {@code /orders/*} (any method), or
 * {@code service/operation}; {@code *} stands for any text.
 */
record RoutePattern(String text, Pattern method, Pattern target, boolean byPath) {

  static RoutePattern of(String text) {
    int space = text.indexOf(' ');
    String method = space < 0 ? "*" : text.substring(0, space);
    String target = text.substring(space + 1).strip();
    boolean byPath = space >= 0 || target.startsWith("/");
    return new RoutePattern(text, glob(method), glob(target), byPath);
  }

  boolean fits(GuardedRoute route) {
    String name = byPath ? route.template() : route.service() + "/" + route.operation();
    return method.matcher(route.method()).matches() && target.matcher(name).matches();
  }

  private static Pattern glob(String text) {
    return Pattern.compile(
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
