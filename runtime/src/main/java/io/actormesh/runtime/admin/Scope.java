package io.actormesh.runtime.admin;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** Whose figures an answer is made of. */
enum Scope {
  /** All nodes'. */
  MESH,
  /** Those of the node that answers. */
  LOCAL;

  /** The scope that a request asks for; nothing if there is no such scope. */
  static Optional<Scope> of(Optional<String> parameter) {
    if (parameter.isEmpty()) {
      return Optional.of(MESH);
    }
    for (Scope scope : values()) {
      if (scope.text().equals(parameter.get())) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }

  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
