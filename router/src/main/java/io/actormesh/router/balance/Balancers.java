package io.actormesh.router.balance;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The balancers by the names that configuration uses. */
public final class Balancers {

  private final Map<String, Balancer> byName;

  /**
   * The balancers, drawing from the given source.
   *
   * @param random must be thread-safe
   */
  public Balancers(RandomGenerator random) {
    byName = Map.of(PowerOfTwoChoices.NAME, new PowerOfTwoChoices(random));
  }

  /** The names there are, sorted. */
  public static List<String> names() {
    return List.of(PowerOfTwoChoices.NAME);
  }

  /**
   * The balancer of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Balancer named(String name) {
    Balancer balancer = byName.get(name);
    if (balancer == null) {
      throw new IllegalArgumentException(
          "balancer: " + name + " (expected one of " + names() + ")");
    }
    return balancer;
  }
}
