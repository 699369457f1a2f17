package io.actormesh.router.balance;

import io.actormesh.router.Endpoint;
import io.actormesh.router.EndpointSet;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws two different endpoints at random and takes the one with fewer of this node's calls in
 * flight. With n endpoints and as many calls the fullest holds {@code ln ln n / ln 2 + O(1)} calls,
 * against {@code ln n / ln ln n} for one choice.
 *
 * <p>Michael Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001.
 */
public final class PowerOfTwoChoices implements Balancer {

  /** The name in configuration. */
  public static final String NAME = "power-of-two-choices";

  // Blind draws find a selectable pair quickly unless most endpoints are out; then a scan is exact.
  private static final int DRAWS = 3;

  private final RandomGenerator random;

  /**
   * A balancer that draws from the given source.
   *
   * @param random must be thread-safe
   */
  public PowerOfTwoChoices(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints) {
    Endpoint[] all = endpoints.endpoints().toArray(Endpoint[]::new);
    return switch (all.length) {
      case 0 -> tried -> Optional.empty();
      case 1 -> tried -> scan(all, tried);
      default -> tried -> pick(all, tried);
    };
  }

  private Optional<Endpoint> pick(Endpoint[] all, Tried tried) {
    for (int draw = 0; draw < DRAWS; draw++) {
      int first = random.nextInt(all.length);
      // Drawn from one fewer and shifted over the first: different, and uniform over the rest.
      int second = random.nextInt(all.length - 1);
      second += second >= first ? 1 : 0;
      boolean firstFree = free(all[first], tried);
      boolean secondFree = free(all[second], tried);
      if (firstFree && secondFree) {
        return Optional.of(lessLoaded(all[first], all[second]));
      }
      if (all.length == 2 && (firstFree || secondFree)) {
        return Optional.of(firstFree ? all[first] : all[second]);
      }
    }
    return scan(all, tried);
  }

  private Optional<Endpoint> scan(Endpoint[] all, Tried tried) {
    // From a random start, so that callers who all scan do not all land on the first of equals.
    int start = random.nextInt(all.length);
    Endpoint best = null;
    Endpoint draining = null;
    for (int i = 0; i < all.length; i++) {
      Endpoint candidate = all[(start + i) % all.length];
      if (free(candidate, tried)) {
        best = lessLoaded(best, candidate);
      } else if (candidate.lastResort() && !tried.contains(candidate)) {
        draining = lessLoaded(draining, candidate);
      }
    }
    // When all are leaving, one that still serves is better than none.
    return Optional.ofNullable(best == null ? draining : best);
  }

  private static Endpoint lessLoaded(@Nullable Endpoint a, Endpoint b) {
    return a == null || b.inFlight() < a.inFlight() ? b : a;
  }

  private static boolean free(Endpoint endpoint, Tried tried) {
    return endpoint.selectable() && !tried.contains(endpoint);
  }
}
