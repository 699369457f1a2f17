package io.actormesh.runtime.ingress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports routes that cannot be told apart by method and path. */
final class RouteConflicts {

  private final RouteFindings findings;
  private final Map<String, Route<?>> seen = new HashMap<>();

  RouteConflicts(RouteFindings findings) {
    this.findings = findings;
  }

  void check(List<? extends Route<?>> routes) {
    for (Route<?> route : routes) {
      Route<?> other = seen.putIfAbsent(route.method() + " " + route.template().shape(), route);
      if (other != null) {
        findings.about(route.label());
        findings.add(
            "it cannot be told from " + other + " of " + target(other),
            "give one of them another path or method, or leave one out");
      }
    }
  }

  private static String target(Route<?> route) {
    return route.contract().name() + "/" + route.operation().name();
  }
}
