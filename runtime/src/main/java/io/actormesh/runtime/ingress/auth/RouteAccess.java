package io.actormesh.runtime.ingress.auth;

import java.util.List;

/** Who may call one route. Immutable. */
public final class RouteAccess {

  record Step(boolean allow, List<CallerPattern> callers) {}

  private final List<Step> steps;
  private final boolean allowed;
  private final boolean required;

  RouteAccess(List<Step> steps, boolean allowed, boolean required) {
    this.steps = steps;
    this.allowed = allowed;
    this.required = required;
  }

  /** Whether the caller may; the first rule that fits decides. */
  public boolean allows(Caller caller) {
    for (Step step : steps) {
      if (CallerPattern.anyFits(step.callers(), caller)) {
        return step.allow();
      }
    }
    return allowed && (caller.authenticated() || !required);
  }
}
