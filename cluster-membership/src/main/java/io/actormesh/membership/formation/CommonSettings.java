package io.actormesh.membership.formation;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all nodes of a mesh have in common, or must not join each other. */
public final class CommonSettings {

  /** The mesh's own; Pekko checks the others by itself. */
  public static final List<String> OURS =
      List.of("actormesh.cluster.name", "actormesh.cluster.protocol-version");

  private static final List<String> PEKKOS =
      List.of(
          "pekko.cluster.downing-provider-class",
          "pekko.cluster.split-brain-resolver.active-strategy",
          "pekko.remote.artery.transport");

  private CommonSettings() {}

  /** The values of all of them. */
  static Map<String, String> of(Config config) {
    return List.of(OURS, PEKKOS).stream()
        .flatMap(List::stream)
        .filter(config::hasPath)
        .collect(Collectors.toMap(Function.identity(), config::getString));
  }

  /**
   * The keys whose values differ, in sentences. What one side does not tell is no clash: a release
   * that compares one key more must be able to join one that does not know it.
   */
  public static List<String> clashes(Map<String, String> theirs, Map<String, String> ours) {
    return ours.keySet().stream()
        .filter(key -> theirs.containsKey(key))
        .filter(key -> !Objects.equals(theirs.get(key), ours.get(key)))
        .sorted()
        .map(key -> key + " is '" + theirs.get(key) + "' there and '" + ours.get(key) + "' here")
        .toList();
  }
}
