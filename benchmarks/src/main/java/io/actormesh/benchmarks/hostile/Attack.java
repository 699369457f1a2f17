package io.actormesh.benchmarks.hostile;

import java.io.IOException;

/** One way to misbehave, at a fixed intensity: what is done, how often, and from how many. */
sealed interface Attack permits Attack.Repeated, Attack.Held {

  String name();

  /** Its intensity, for people. */
  String intensity();

  /** What is done again and again. */
  @FunctionalInterface
  interface Step {
    void on(Connection connection) throws IOException;
  }

  /**
   * New connections, each for one wrong thing, that many a second.
   *
   * @param step sends it, and reads what comes back if it likes
   */
  record Repeated(String name, int perSecond, Step step) implements Attack {
    @Override
    public String intensity() {
      return perSecond + " connections/s";
    }
  }

  /**
   * Connections that stay, and are replaced when they are cut.
   *
   * @param begin what each begins with
   * @param perSecond how often each of them does the step
   */
  record Held(String name, int connections, double perSecond, Step begin, Step step)
      implements Attack {
    @Override
    public String intensity() {
      String often =
          perSecond >= 1
              ? Math.round(perSecond) + "/s"
              : "1 in " + Math.round(1 / perSecond) + " s";
      return connections + " connections, " + often + " each";
    }
  }
}
