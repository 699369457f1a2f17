package io.actormesh.membership.formation;

import com.typesafe.config.Config;
import io.actormesh.membership.MembershipException;
import java.time.Duration;
import java.util.List;

/**
 * How a node joins.
 *
 * @param method how it finds the others
 * @param joinTimeout how long it may take until the node is up; default 60 s
 * @param lookupInterval how often the method is asked again until then; default 5 s
 */
public record FormationSettings(
    FormationMethod method, Duration joinTimeout, Duration lookupInterval) {

  private static final String KEY = "actormesh.discovery";

  public FormationSettings {
    requirePositive("join-timeout", joinTimeout);
    requirePositive("lookup-interval", lookupInterval);
  }

  /**
   * The settings under {@code actormesh.discovery}, given that object.
   *
   * @throws MembershipException if the method is not known, or a seed is not {@code host:port}
   */
  public static FormationSettings from(Config discovery) {
    return new FormationSettings(
        method(discovery),
        discovery.getDuration("join-timeout"),
        discovery.getDuration("lookup-interval"));
  }

  /** The same with another method. */
  public FormationSettings with(FormationMethod other) {
    return new FormationSettings(other, joinTimeout, lookupInterval);
  }

  private static FormationMethod method(Config discovery) {
    String method = discovery.getString("method");
    return switch (method) {
      case "self" -> FormationMethod.self();
      case "seeds" -> FormationMethod.seeds(seeds(discovery));
      default ->
          throw new MembershipException(
              KEY + ".method: '" + method + "' is not known.", "Set it to 'self' or 'seeds'.");
    };
  }

  private static List<HostPort> seeds(Config discovery) {
    return discovery.getStringList("seeds").stream()
        .map(seed -> HostPort.parse(KEY + ".seeds", seed))
        .toList();
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new MembershipException(
          KEY + "." + what + ": " + value + " is too short.", "Give it a positive duration.");
    }
  }
}
