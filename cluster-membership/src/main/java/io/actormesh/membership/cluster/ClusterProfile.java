package io.actormesh.membership.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Locale;

/** How soon a node that says nothing is given up: {@code actormesh.cluster.profile}. */
public enum ClusterProfile {
  /** A pause of ten seconds is forgiven. */
  STANDARD("5s", "7s"),

  /** A crashed node is removed sooner; a pause of about 8 s is the end of a node. */
  FAST("3s", "4s");

  /** A value that the profile decides. */
  private static final String AUTO = "auto";

  private final String acceptablePause;
  private final String stableAfter;

  ClusterProfile(String acceptablePause, String stableAfter) {
    this.acceptablePause = acceptablePause;
    this.stableAfter = stableAfter;
  }

  /** The profile that the object {@code cluster} names; standard if it names none that is known. */
  public static ClusterProfile of(Config cluster) {
    String name = cluster.getString("profile");
    return name.equals("fast") ? FAST : STANDARD;
  }

  /**
   * The configuration with the values in the place of {@code auto} that its profile says.
   *
   * @param root holds {@code actormesh.cluster}
   */
  public static Config resolved(Config root) {
    String path = "actormesh.cluster";
    if (!root.hasPath(path + ".profile")) {
      return root;
    }
    ClusterProfile profile = of(root.getConfig(path));
    Config paused =
        profile.decide(root, path + ".failure-detector.acceptable-pause", profile.acceptablePause);
    return profile.decide(paused, path + ".split-brain.stable-after", profile.stableAfter);
  }

  private Config decide(Config config, String key, String value) {
    boolean left = config.hasPath(key) && AUTO.equals(config.getValue(key).unwrapped());
    return left
        ? config.withValue(
            key, ConfigValueFactory.fromAnyRef(value, "actormesh.cluster.profile = " + this))
        : config;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
