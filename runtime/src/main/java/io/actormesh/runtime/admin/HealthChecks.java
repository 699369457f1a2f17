package io.actormesh.runtime.admin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What has to hold for this node to be given work. Checks may be added at any time, by the node and
 * by the application. Thread-safe.
 */
public final class HealthChecks {

  private final List<RunningCheck> checks = new CopyOnWriteArrayList<>();
  private final List<Warner> warners = new CopyOnWriteArrayList<>();

  private record Warner(String name, Supplier<List<String>> source) {
    Stream<HealthWarning> warnings() {
      return source.get().stream().map(reason -> new HealthWarning(name, reason));
    }
  }

  /** Adds a check under a name that people understand, such as {@code database}. */
  public void add(String name, ReadinessCheck check) {
    checks.add(new RunningCheck(name, check));
  }

  /**
   * Adds what may have warnings, which are shown and leave the node ready.
   *
   * @param name what they are about
   * @param source the warnings of the moment, a sentence each; must neither block nor throw
   */
  public void warn(String name, Supplier<List<String>> source) {
    warners.add(new Warner(name, source));
  }

  /** All warnings of the moment. */
  public List<HealthWarning> warnings() {
    return warners.stream().flatMap(Warner::warnings).toList();
  }

  List<RunningCheck> all() {
    return List.copyOf(checks);
  }
}
