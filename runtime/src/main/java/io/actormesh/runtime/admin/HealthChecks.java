package io.actormesh.runtime.admin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What has to hold for this node to be given work. Checks may be added at any time, by the node and
 * by the application. Thread-safe.
 */
public final class HealthChecks {

  private final List<RunningCheck> checks = new CopyOnWriteArrayList<>();

  /** Adds a check under a name that people understand, such as {@code database}. */
  public void add(String name, ReadinessCheck check) {
    checks.add(new RunningCheck(name, check));
  }

  List<RunningCheck> all() {
    return List.copyOf(checks);
  }
}
