package io.actormesh.runtime.ingress.auth;

import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.config.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Who may call which route. Immutable. */
public final class AccessRules {

  private record Rule(
      String path, boolean allow, List<CallerPattern> callers, List<RoutePattern> routes) {

    boolean concerns(GuardedRoute route) {
      return routes.stream().anyMatch(pattern -> pattern.fits(route));
    }
  }

  private final List<Rule> rules;
  private final boolean allowed;
  private final boolean required;

  /** The rules of the settings. */
  public AccessRules(DoorSecurity settings) {
    this.allowed = settings.access().allowed();
    this.required = settings.auth().required();
    this.rules =
        settings.access().rules().stream()
            .map(
                rule ->
                    new Rule(
                        rule.path(),
                        rule.allow(),
                        rule.callers().stream().map(CallerPattern::of).toList(),
                        rule.routes().stream().map(RoutePattern::of).toList()))
            .toList();
  }

  /** The patterns that fit none of the routes: mistyped, most likely, and so without effect. */
  public List<Finding> findings(Collection<GuardedRoute> routes) {
    List<Finding> findings = new ArrayList<>();
    for (Rule rule : rules) {
      for (RoutePattern pattern : rule.routes()) {
        if (routes.stream().noneMatch(pattern::fits)) {
          findings.add(
              Finding.error(
                  rule.path(),
                  "",
                  "'" + pattern.text() + "' fits no route that this node exposes",
                  "Use method and template as declared, or service/operation"));
        }
      }
    }
    return findings;
  }

  /** What the rules say about one route; to be kept with it. */
  public RouteAccess of(GuardedRoute route) {
    List<RouteAccess.Step> steps =
        rules.stream()
            .filter(rule -> rule.concerns(route))
            .map(rule -> new RouteAccess.Step(rule.allow(), rule.callers()))
            .toList();
    return new RouteAccess(steps, allowed, required);
  }
}
