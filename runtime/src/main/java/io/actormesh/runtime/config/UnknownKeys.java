package io.actormesh.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the keys that nobody has asked for, and guesses which ones were meant. */
final class UnknownKeys {

  private final StrictConfig root;
  private final List<String> knownPaths = new ArrayList<>();

  private UnknownKeys(StrictConfig root) {
    this.root = root;
    collect(root);
  }

  static void refuse(StrictConfig root) {
    new UnknownKeys(root).search(root);
  }

  private void collect(StrictConfig section) {
    section.declared().forEach(name -> knownPaths.add(section.path(name)));
    section.sections().values().forEach(this::collect);
  }

  private void search(StrictConfig section) {
    for (String name : section.names()) {
      if (!section.declared().contains(name)) {
        root.add(finding(section, name));
      }
    }
    section.sections().values().forEach(this::search);
  }

  private Finding finding(StrictConfig section, String name) {
    String fix =
        nearest(section, name)
            .map(near -> "Did you mean " + near + "?")
            .orElseGet(() -> "Remove it; known here: " + String.join(", ", section.declared()));
    return Finding.error(section.pathOf(name), section.originOf(name), "unknown key", fix);
  }

  /** Among the neighbours first; else a key of the same name that stands elsewhere. */
  private Optional<String> nearest(StrictConfig section, String name) {
    Optional<String> near = NearestKey.of(name, section.declared()).map(section::path);
    if (near.isPresent()) {
      return near;
    }
    List<String> elsewhere = knownPaths.stream().filter(p -> p.endsWith("." + name)).toList();
    return elsewhere.size() == 1 ? Optional.of(elsewhere.get(0)) : Optional.empty();
  }
}
