package io.actormesh.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the keys that nobody has asked for, and guesses which ones were meant. */
final class UnknownKeys {

  private final List<String> knownPaths = new ArrayList<>();

  private UnknownKeys(Section root) {
    collect(root);
  }

  static void refuse(Section root) {
    new UnknownKeys(root).search(root);
  }

  private void collect(Section section) {
    section.declared().forEach(name -> knownPaths.add(section.path(name)));
    section.children().values().forEach(this::collect);
  }

  private void search(Section section) {
    for (String name : section.names()) {
      if (!section.declared().contains(name) && !section.isReference(name)) {
        section.refuseName(name, "unknown key", advice(section, name));
      }
    }
    section.children().values().forEach(this::search);
  }

  private String advice(Section section, String name) {
    return nearest(section, name)
        .map(near -> "Did you mean " + near + "?")
        .orElseGet(() -> "Remove it; known here: " + String.join(", ", section.declared()));
  }

  /** Among the neighbours first; else a key of the same name that stands elsewhere. */
  private Optional<String> nearest(Section section, String name) {
    Optional<String> near = NearestKey.of(name, section.declared()).map(section::path);
    if (near.isPresent()) {
      return near;
    }
    List<String> elsewhere = knownPaths.stream().filter(p -> p.endsWith("." + name)).toList();
    return elsewhere.size() == 1 ? Optional.of(elsewhere.get(0)) : Optional.empty();
  }
}
