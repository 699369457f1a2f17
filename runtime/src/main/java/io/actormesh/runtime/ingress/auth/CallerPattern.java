package io.actormesh.runtime.ingress.auth;

import java.util.List;

/** Whom an access rule concerns, such as {@code role:admin}. */
record CallerPattern(Kind kind, String value) {

  enum Kind {
    ANYONE,
    ANONYMOUS,
    AUTHENTICATED,
    IDENTITY,
    ROLE,
    SCOPE
  }

  static CallerPattern of(String text) {
    int colon = text.indexOf(':');
    return switch (colon < 0 ? text : text.substring(0, colon)) {
      case "anyone" -> new CallerPattern(Kind.ANYONE, "");
      case "anonymous" -> new CallerPattern(Kind.ANONYMOUS, "");
      case "authenticated" -> new CallerPattern(Kind.AUTHENTICATED, "");
      case "identity" -> new CallerPattern(Kind.IDENTITY, text.substring(colon + 1));
      case "role" -> new CallerPattern(Kind.ROLE, text.substring(colon + 1));
      case "scope" -> new CallerPattern(Kind.SCOPE, text.substring(colon + 1));
      default -> throw new IllegalArgumentException("caller: " + text);
    };
  }

  boolean fits(Caller caller) {
    return switch (kind) {
      case ANYONE -> true;
      case ANONYMOUS -> !caller.authenticated();
      case AUTHENTICATED -> caller.authenticated();
      case IDENTITY -> caller.authenticated() && caller.identity().equals(value);
      case ROLE -> caller.roles().contains(value);
      case SCOPE -> caller.scopes().contains(value);
    };
  }

  static boolean anyFits(List<CallerPattern> patterns, Caller caller) {
    for (CallerPattern pattern : patterns) {
      if (pattern.fits(caller)) {
        return true;
      }
    }
    return false;
  }
}
