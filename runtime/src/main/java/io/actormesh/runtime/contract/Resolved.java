package io.actormesh.runtime.contract;

import java.util.List;
import java.util.stream.Collectors;

/** A type whose variables are all replaced: a class and its type arguments. */
record Resolved(Class<?> raw, List<Resolved> arguments) {

  int depth() {
    return 1 + arguments.stream().mapToInt(Resolved::depth).max().orElse(0);
  }

  @Override
  public String toString() {
    return arguments.isEmpty()
        ? raw.getSimpleName()
        : arguments.stream()
            .map(Resolved::toString)
            .collect(Collectors.joining(", ", raw.getSimpleName() + "<", ">"));
  }
}
