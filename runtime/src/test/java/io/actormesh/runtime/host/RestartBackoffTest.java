package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.policy.ServicePolicy.Restart;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

  private static final Restart POLICY = new Restart(Duration.ofMillis(200), Duration.ofSeconds(10));

  private static RestartBackoff after(int failures) {
    RestartBackoff backoff = RestartBackoff.NONE;
    for (int i = 0; i < failures; i++) {
      backoff = backoff.afterFailure(0, POLICY);
    }
    return backoff;
  }

  @Test
  void itDoublesWithEachFailureInARow() {
    assertThat(after(1).delay(POLICY)).isEqualTo(Duration.ofMillis(200));
    assertThat(after(2).delay(POLICY)).isEqualTo(Duration.ofMillis(400));
    assertThat(after(3).delay(POLICY)).isEqualTo(Duration.ofMillis(800));
  }

  @Property
  void itStaysWithinItsBounds(@ForAll @IntRange(min = 1, max = 200) int failures) {
    assertThat(after(failures).delay(POLICY)).isBetween(POLICY.minBackoff(), POLICY.maxBackoff());
  }

  @Test
  void itStartsAnewOnceAnInstanceHasLivedForTheLongestBackoff() {
    RestartBackoff later = after(5).afterFailure(POLICY.maxBackoff().toNanos(), POLICY);
    assertThat(later.delay(POLICY)).isEqualTo(POLICY.minBackoff());
  }
}
