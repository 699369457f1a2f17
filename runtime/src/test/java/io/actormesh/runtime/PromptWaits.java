package io.actormesh.runtime;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has all tests look at once, and soon again, at what they wait for. Awaitility would first look
 * after 100 ms, which hundreds of tests that hardly need to wait pay for.
 */
public final class PromptWaits implements BeforeAllCallback {

  private static final Duration LONGEST = Duration.ofMillis(100);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(
        (count, previous) -> {
          Duration next = previous.isZero() ? Duration.ofMillis(1) : previous.multipliedBy(2);
          return next.compareTo(LONGEST) < 0 ? next : LONGEST;
        });
  }
}
